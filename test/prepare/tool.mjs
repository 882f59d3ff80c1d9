/** A check for a program that the tests need: a user's own check, as docs/own-checks.md describes it. */
export const tool = (program, name) => ({
  id: `test-${program.replaceAll('_', '-')}`,
  title: `${program} is there, for the tests`,
  findings: {
    missing: { found: `${program} was not found`, expected: `${program}, from package ${name}` },
  },
  probe: async (host) => ({ path: await host.which(program) }),
  judge: ({ path }) =>
    path
      ? { status: 'ok', found: path }
      : {
          status: 'fail',
          code: 'missing',
          fix: { id: 'install-packages', args: { packages: [name] } },
        },
})
