/** A plan as a bash script that does the same and can be read first. */

import type { Integrity } from '../catalogue/integrity.ts'
import { signingKeys } from '../catalogue/signing-keys.ts'
import type { PublishStep, Step } from '../contract/step.ts'
import type { Change } from '../contract/undo.ts'
import type { PlannedFix } from '../engine/plan.ts'
import { systemDirectories } from '../host/path.ts'
import { visible, visibleLine } from '../util/printable.ts'
import { quoteWord as q, quoteArgv } from '../util/quote.ts'
import { verifyLines } from './script-verify.ts'

/** @param about comment lines */
const preamble = (about: string): string => `#!/usr/bin/env bash
${about}
set -euo pipefail
# Relative and empty entries of PATH would start programs of the working directory.
absolute=; while IFS= read -r -d : entry; do case $entry in /*) absolute+=$entry: ;; esac; done <<<"$PATH:"
PATH=$absolute${systemDirectories.join(':')}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -- "$@"; else doas -- "$@"; fi; }
`

const head = `${preamble(`# Written by \`chv-doctor fix --script\`. Read it, then run it as the user who will start the guest.
# Unlike \`chv-doctor fix\` it keeps no journal: \`chv-doctor undo\` does not know of it.`)}keep_aside() { # a file that is in the way is kept beside its name
  [ -e "$1" ] || return 0
  local n=1
  while [ -e "$1.old-$n" ]; do n=$((n + 1)); done
  mv -n -- "$1" "$1.old-$n"
}
as_root_keep_aside() { # the same for a file of root: hidden, because some directories take whatever is in them
  as_root test -e "$1" || return 0
  local n=1 kept
  while kept="$(dirname -- "$1")/.$(basename -- "$1").old-$n"; as_root test -e "$kept"; do n=$((n + 1)); done
  as_root mv -nT -- "$1" "$kept"
}
`

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** One line: a line feed in data would begin a command. */
const comment = (text: string): string => `# ${visibleLine(text)}`

/** A heredoc delimiter that does not occur in the content. */
const delimiterFor = (content: string): string => {
  let delimiter = 'END_OF_FILE'
  while (content.split('\n').includes(delimiter)) delimiter += '_'
  return delimiter
}

/** Redirects content to standard input; with characters that cannot be seen, as a word with escapes. */
const inputOf = (content: string): string => {
  const whole = content.endsWith('\n') ? content : `${content}\n`
  // bash adds a line feed to a here-string.
  if (visible(whole) !== whole) return `<<<${q(whole.slice(0, -1))}`
  const delimiter = delimiterFor(whole)
  return `<<'${delimiter}'\n${whole}${delimiter}`
}

const octal = (mode: number) => mode.toString(8).padStart(4, '0')

/** curl that follows no redirect from https to http, without the settings of a ~/.curlrc. */
const curl = (url: string, to: string): string =>
  `curl --disable --fail --location --proto-redir ${url.startsWith('https:') ? '=https' : '=https,http'} --output ${to} -- ${q(url)}`

/** Debian packages of what bash needs for a step that the doctor does itself, by a program that shows whether they are there. */
export const scriptPrograms = (step: Step): Readonly<Record<string, readonly string[]>> => {
  if (step.kind !== 'download') return {}
  const signed = step.proof.by === 'sums' && step.proof.signature
  return {
    // The package of curl only recommends the certificates that it trusts.
    curl: ['curl', 'ca-certificates'],
    ...(signed ? { gpgv: ['gpgv'], gpg: ['gpg'] } : {}),
  }
}

/** The commands that stop the script when a downloaded file is not the right one. */
const proofLines = (proof: Integrity, part: string): string[] => {
  switch (proof.by) {
    case 'nothing':
      return []
    case 'digest':
      return [`echo ${q(`${proof.digest}  ${part}`)} | ${proof.algorithm}sum --check --quiet -`]
    case 'sums': {
      const { algorithm, file, signature, url } = proof
      const known = signature && signingKeys[signature.key]
      return [
        'sums=$(mktemp -d)',
        curl(url, '"$sums/list"'),
        ...(signature ? [curl(signature.url, '"$sums/signature"')] : []),
        ...(known
          ? [`base64 --decode > "$sums/key" <<'END_OF_KEY'`, known.base64, 'END_OF_KEY']
          : signature
            ? [
                `gpg --batch --yes --dearmor --output "$sums/key" < ${q(signature.key)} || cp -- ${q(signature.key)} "$sums/key"`,
              ]
            : []),
        ...(signature ? ['gpgv --keyring "$sums/key" "$sums/signature" "$sums/list"'] : []),
        `digest=$(awk -v file=${q(file)} '{ name = $2; sub(/^[*]/, "", name); if (name == file) print $1 }' "$sums/list")`,
        `echo "$digest  "${q(part)} | ${algorithm}sum --check --quiet -`,
        'rm -r -- "$sums"',
      ]
    }
  }
}

/** The main part of the kernel check: a PVH note, or the magic number of an arm64 Image. */
const kernelTest = ({ from, kernelFor }: PublishStep): string[] => {
  if (kernelFor === undefined) return []
  const test =
    kernelFor === 'aarch64'
      ? `od -An -tx1 -j56 -N4 -- ${q(from)} | grep -q '41 52 4d 64'`
      : `LC_ALL=C readelf --notes -- ${q(from)} | grep 'Xen .*0x00000012' >/dev/null`
  return [`${test} || { echo 'This is no kernel that Cloud Hypervisor can start.' >&2; exit 1; }`]
}

const lines = (step: Step): string[] => {
  switch (step.kind) {
    case 'manual':
      return step.text.split('\n').map((line) => comment(`By hand: ${line}`))
    case 'run': {
      const out = [comment(step.why)]
      if (step.guard) {
        const { file, is, because } = step.guard
        out.push(
          `if [ "$(cat ${q(file)} 2>/dev/null || true)" = ${q(is)} ]; then echo ${q(because)} >&2; exit 1; fi`,
        )
      }
      if (step.temporary)
        out.push(`mkdir -p -- ${q(directoryOf(step.temporary))}`, `rm -rf -- ${q(step.temporary)}`)
      return [...out, `${step.root ? 'as_root ' : ''}${quoteArgv(step.argv)}`]
    }
    case 'download': {
      const part = `${directoryOf(step.path)}/.${step.path.slice(step.path.lastIndexOf('/') + 1)}.script-part`
      return [
        comment(step.why),
        `mkdir -p -- ${q(directoryOf(step.path))}`,
        // curl writes through a link that stands under this name.
        `rm -f -- ${q(part)}`,
        curl(step.url, q(part)),
        ...proofLines(step.proof, part),
        `chmod ${octal(step.mode)} -- ${q(part)}`,
        `keep_aside ${q(step.path)}`,
        `mv -- ${q(part)} ${q(step.path)}`,
      ]
    }
    case 'write': {
      if (step.root) {
        const part = `${directoryOf(step.path)}/.${step.path.slice(step.path.lastIndexOf('/') + 1)}.part`
        return [
          comment(step.why),
          `as_root mkdir -p -- ${q(directoryOf(step.path))}`,
          `as_root dd of=${q(part)} conv=fsync status=none ${inputOf(step.content)}`,
          `as_root chmod ${octal(step.mode)} -- ${q(part)}`,
          `if ! as_root cmp -s -- ${q(part)} ${q(step.path)}; then as_root_keep_aside ${q(step.path)}; fi`,
          `as_root mv -T -- ${q(part)} ${q(step.path)}`,
        ]
      }
      return [
        comment(step.why),
        `mkdir -p -- ${q(directoryOf(step.path))}`,
        `install -m ${octal(step.mode)} /dev/null ${q(step.path)}`,
        `cat > ${q(step.path)} ${inputOf(step.content)}`,
      ]
    }
    case 'verify':
      return [comment(step.why), ...verifyLines(step)]
    case 'publish':
      return [
        comment(step.why),
        ...kernelTest(step),
        `keep_aside ${q(step.to)}`,
        `mv -- ${q(step.from)} ${q(step.to)}`,
      ]
  }
}

/** @returns the text of the script */
export const renderScript = (plan: readonly PlannedFix[]): string =>
  [
    head,
    ...plan.flatMap((fix) => [
      comment(`--- ${fix.id}: ${fix.title} (for ${fix.checks.join(', ')})`),
      ...fix.steps.flatMap(lines),
      '',
    ]),
  ].join('\n')

const undoLines = ({ fix, why, undo }: Change): string[] => {
  const about = comment(`${fix}: ${why}`)
  if (undo.kind === 'restore') {
    const root = undo.root ? 'as_root ' : ''
    return [
      about,
      ...[`${root}${undo.kept ? `mv -- ${q(undo.kept)} ${q(undo.path)}` : `rm -f -- ${q(undo.path)}`}`],
      ...(undo.directories ?? []).map(
        (directory) => `[ ! -d ${q(directory)} ] || rmdir --ignore-fail-on-non-empty -- ${q(directory)}`,
      ),
      ...(undo.after ? [`as_root ${quoteArgv(undo.after)}`] : []),
    ]
  }
  const unlessGone = undo.while ? `[ ! -e ${q(undo.while)} ] || ` : ''
  return [about, ...undo.argvs.map((argv) => `${unlessGone}${undo.root ? 'as_root ' : ''}${quoteArgv(argv)}`)]
}

/** @returns the text of a script that takes changes back */
export const renderUndoScript = (changes: readonly Change[]): string => {
  const about =
    '# Written by `chv-doctor undo --script`: takes back what `chv-doctor fix` changed, newest first.'
  return `${preamble(about)}${changes.flatMap(undoLines).join('\n')}\n`
}
