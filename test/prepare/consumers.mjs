/** What reads the reports and the files of deploy/ in tests, where that is no package to install. */
import { pythonToolsMark, unpacked } from './places.mjs'

const script = (name) => new URL(`make/${name}`, import.meta.url).pathname

const made = (id, title, mark, fix) => ({
  id,
  title,
  findings: { missing: { found: `${mark} is missing`, expected: 'what the tests read reports with' } },
  probe: async (host) => ({ isThere: (await host.stat(mark)) !== null }),
  judge: ({ isThere }) =>
    isThere ? { status: 'ok', found: mark } : { status: 'fail', code: 'missing', fix },
})

const fromPackage = (program, name) =>
  made(`test-${program}`, `${program} is there, for the tests`, `${unpacked(name)}/usr/bin/${program}`, {
    id: 'unpack-packages',
    args: { packages: [name] },
  })

export const checks = [
  fromPackage('promtool', 'prometheus'),
  fromPackage('prometheus-node-exporter', 'prometheus-node-exporter'),
  {
    id: 'test-python-venv',
    title: 'python3 makes virtual environments, for the tests',
    findings: { missing: { found: 'python3 has no venv', expected: 'the package python3-venv' } },
    probe: async (host) => ({ code: (await host.run(['python3', '-c', 'import venv, ensurepip'])).code }),
    judge: ({ code }) =>
      code === 0
        ? { status: 'ok', found: 'python3 -m venv' }
        : {
            status: 'fail',
            code: 'missing',
            fix: { id: 'install-packages', args: { packages: ['python3-venv'] } },
          },
  },
  made('test-python-tools', 'Ansible and validators are there, for the tests', pythonToolsMark, {
    id: 'make-python-tools',
    args: {},
  }),
]

const run = (why, file, args = []) => ({
  kind: 'run',
  argv: [process.execPath, script(file), ...args],
  root: false,
  logged: true,
  why,
})

export const fixes = {
  'unpack-packages': {
    id: 'unpack-packages',
    title: 'Unpack packages',
    merge: (a, b) => ({ packages: [...a.packages, ...b.packages] }),
    plan: ({ packages }) => [run('programs for the tests, not installed', 'unpack.mjs', packages)],
  },
  'make-python-tools': {
    id: 'make-python-tools',
    title: 'Make the Python programs of the tests',
    plan: () => [run('Python programs for the tests', 'python-tools.mjs')],
  },
}
