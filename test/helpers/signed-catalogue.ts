/** Texts of signed catalogues: a good one, which a test changes in one place. */

type Entry = Readonly<Record<string, unknown>>

export const digestOf = (digit: string): string => digit.repeat(64)

export const entry = (kind: string, name: string, version: string, more: Entry = {}): Entry => ({
  kind,
  name,
  arch: 'x86_64',
  version,
  url: `https://files.example.org/${name}-${version}`,
  sha256: digestOf('a'),
  ...more,
})

export const release = (version: string, arch = 'x86_64'): readonly Entry[] => [
  entry('hypervisor', 'cloud-hypervisor', version, { arch, bytes: 5_000_000 }),
  entry('hypervisor', 'ch-remote', version, { arch, sha256: digestOf('b') }),
]

/** @param changes of the outermost object */
export const catalogueText = (changes: Entry = {}): string =>
  JSON.stringify(
    {
      schema: 'chv-doctor/catalogue/1',
      version: 2,
      date: '2027-01-31',
      artifacts: [...release('54.0'), ...release('54.0', 'aarch64')],
      ...changes,
    },
    null,
    2,
  )
