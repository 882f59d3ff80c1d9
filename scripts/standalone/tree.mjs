/** The files of a .deb or .rpm, as they lie below / on the host. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

const doc = 'usr/share/doc/chv-doctor'

/** The same bytes every time: zlib writes no name and no date. */
export const gzip = (text) => gzipSync(text, { level: constants.Z_BEST_COMPRESSION })

const completions = {
  bash: 'usr/share/bash-completion/completions/chv-doctor',
  fish: 'usr/share/fish/vendor_completions.d/chv-doctor.fish',
}

/** What a shell completes with; printed without a configuration of this host. */
const completionFor = (shell) =>
  execFileSync(process.execPath, ['dist/cli.js', 'completion', shell], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  })

/** A unit that names the manual page; without a package there is none, which systemd-analyze calls a fault. */
const documented = (unit) => unit.replace(/^Description=.*$/m, '$&\nDocumentation=man:chv-doctor(1)')

/**
 * @param root the directory that stands for /
 * @param executable the path of the program
 * @param notices the text of THIRD-PARTY-NOTICES.txt
 * @param zshDirectory where the distribution keeps completions of packages for zsh
 */
export const writeTree = (root, { executable, notices, zshDirectory }) => {
  const write = (path, content, mode = 0o644) => {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), content, { mode })
  }
  write('usr/bin/chv-doctor', readFileSync(executable), 0o755)
  for (const page of readdirSync('docs/man'))
    write(`usr/share/man/man1/${page}.gz`, gzip(readFileSync(`docs/man/${page}`)))
  for (const [shell, path] of Object.entries(completions)) write(path, completionFor(shell))
  write(`${zshDirectory}/_chv-doctor`, completionFor('zsh'))
  for (const unit of ['chv-doctor@.service', 'chv-doctor@.timer'])
    write(`usr/lib/systemd/system/${unit}`, documented(readFileSync(`deploy/systemd/${unit}`, 'utf8')))
  // Links in the documents lead from docs/ to its neighbours.
  cpSync('docs', join(root, doc, 'docs'), { recursive: true, filter: (path) => path !== 'docs/man' })
  cpSync('deploy', join(root, doc, 'deploy'), { recursive: true })
  for (const file of ['README.md', 'README.zh-CN.md', 'SECURITY.md'])
    write(`${doc}/${file}`, readFileSync(file))
  write(`${doc}/changelog.gz`, gzip(readFileSync('CHANGELOG.md')))
  write(`${doc}/THIRD-PARTY-NOTICES.txt.gz`, gzip(notices))
}

/** Gives every file and directory below `root` the same date, and the modes of a package. */
export const settle = (root, epoch) => {
  execFileSync('chmod', ['--recursive', 'u=rwX,go=rX', root])
  execFileSync('find', [root, '-exec', 'touch', '--no-dereference', `--date=@${epoch}`, '{}', '+'])
}
