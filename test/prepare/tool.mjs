/** A check for a program that the tests need: of our own, as any user may write one. */
export const tool = (program, name) => ({
  id: `test-${program.replaceAll('_', '-')}`,
  title: `${program}, for the tests`,
  probe: async (host) => ({ path: await host.which(program) }),
  judge: ({ path }) =>
    path
      ? { status: 'ok', found: path }
      : {
          status: 'fail',
          found: `${program} was not found`,
          expected: `${program}, from package ${name}`,
          fix: { id: 'install-packages', args: { packages: [name] } },
        },
})
