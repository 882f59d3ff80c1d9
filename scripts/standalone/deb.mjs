/** The package for Debian and Ubuntu, by dpkg-deb. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzip, settle, writeTree } from './tree.mjs'

const debianArchs = { x86_64: 'amd64', aarch64: 'arm64' }
/** Who packages a release says so in the variables that Debian's tools read. */
const { DEBFULLNAME = 'The chv-doctor developers', DEBEMAIL = 'chv-doctor@example.org' } = process.env
const maintainer = `${DEBFULLNAME} <${DEBEMAIL}>`

const control = ({ version, arch, description, kibibytes }) => `Package: chv-doctor
Version: ${version}-1
Architecture: ${debianArchs[arch]}
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: libc6 (>= 2.28), libgcc-s1 (>= 3.4), libstdc++6 (>= 5.2)
Section: admin
Priority: optional
Description: check and repair a host for Cloud Hypervisor guests
 ${description.replaceAll(/(.{1,74})(?: |$)/g, '$1\n ').trim()}
 .
 This package holds all that the program needs, Node.js included.
`

const copyright = (year) => `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: chv-doctor
Comment: The executable also holds Node.js and packages of npm. Their licences are
 in THIRD-PARTY-NOTICES.txt.gz in this directory.

Files: *
Copyright: ${year} the chv-doctor developers
License: Apache-2.0
 On Debian systems the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0.
`

const changelog = (version, epoch) => `chv-doctor (${version}-1) unstable; urgency=medium

  * Release ${version}; changelog.gz says what is new.

 -- ${maintainer}  ${new Date(epoch * 1000).toUTCString().replace('GMT', '+0000')}
`

/** What lintian says of Node.js itself, and of a package that Debian does not have. */
const overrides = `# Node.js as its project builds it.
chv-doctor: embedded-library *zlib*
chv-doctor: hardening-no-pie *
chv-doctor: hardening-no-fortify-functions *
chv-doctor: spelling-error-in-binary *
# It reads which version of a package a file belongs to; dpkg-query would be a process for each.
chv-doctor: uses-dpkg-database-directly *
chv-doctor: initial-upload-closes-no-bugs *
`

/**
 * @param out the path of the package to be written
 * @param place an empty directory to work in
 */
export const makeDeb = (out, place, { version, arch, description, epoch, ...content }) => {
  const root = join(place, 'deb')
  writeTree(root, { ...content, zshDirectory: 'usr/share/zsh/vendor-completions' })
  writeFileSync(
    join(root, 'usr/share/doc/chv-doctor/copyright'),
    copyright(new Date(epoch * 1000).getUTCFullYear()),
  )
  writeFileSync(join(root, 'usr/share/doc/chv-doctor/changelog.Debian.gz'), gzip(changelog(version, epoch)))
  mkdirSync(join(root, 'usr/share/lintian/overrides'), { recursive: true })
  writeFileSync(join(root, 'usr/share/lintian/overrides/chv-doctor'), overrides)
  const [kibibytes] = execFileSync('du', ['--summarize', '--apparent-size', '-k', root], {
    encoding: 'utf8',
  }).split('\t')
  const lists = { cwd: root, encoding: 'utf8' }
  const files = execFileSync('find', ['usr', '-type', 'f'], lists).trim().split('\n').sort()
  mkdirSync(join(root, 'DEBIAN'))
  writeFileSync(join(root, 'DEBIAN/control'), control({ version, arch, description, kibibytes }))
  writeFileSync(join(root, 'DEBIAN/md5sums'), execFileSync('md5sum', files, lists))
  settle(root, epoch)
  // With one thread, since the bytes of xz depend on whether there are several.
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--threads-max=1', '--build', root, out], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** @returns the name that Debian gives the file of a package */
export const debName = (version, arch) => `chv-doctor_${version}-1_${debianArchs[arch]}.deb`
