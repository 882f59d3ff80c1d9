// A user's own check, which asks for the packages that the file `want` names: Debian's names, and the marks they leave.
export const checks = [
  {
    id: 'wanted-packages',
    title: 'what a test wants is there',
    findings: { missing: { found: 'it is not', expected: 'the packages in /root/want' } },
    probe: async (host) => {
      const [names = '', marks = ''] = ((await host.readText('/root/want')) ?? '').split('\n')
      const there = await Promise.all(marks.split(' ').map((mark) => host.stat(`/usr/share/packed/${mark}`)))
      return { names: names.split(' ').filter(Boolean), there: there.every((stat) => stat !== null) }
    },
    judge: ({ names, there }) =>
      there || names.length === 0
        ? { status: 'ok', found: 'it is' }
        : { status: 'fail', code: 'missing', fix: { id: 'install-packages', args: { packages: names } } },
  },
]
