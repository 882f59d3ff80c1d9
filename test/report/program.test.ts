import { expect, it } from 'vitest'
import { programFrom, spokenBy } from '../../src/report/program.ts'

const npm = '/home/sky/.npm/_npx/1/node_modules/.bin'
const env = { PATH: '/usr/local/bin:/usr/bin:/bin' }

it.each([
  ['in PATH', { script: '/usr/local/bin/chv-doctor' }, 'chv-doctor', '/usr/local/bin/chv-doctor'],
  ['as a package', { script: '/usr/bin/chv-doctor' }, 'chv-doctor', 'chv-doctor'],
  [
    'by npx',
    { script: `${npm}/chv-doctor`, env: { PATH: npm, npm_command: 'exec' } },
    'npx chv-doctor',
    `${npm}/chv-doctor`,
  ],
  [
    'by npm start',
    { script: '/src/dist/cli.js', env: { ...env, npm_lifecycle_event: 'start' } },
    'npm start --',
    'node /src/dist/cli.js',
  ],
  ['from a build', { script: '/src/dist/cli.js' }, 'node dist/cli.js', 'node /src/dist/cli.js'],
  [
    'from a build, below npx',
    { script: '/src/dist/cli.js', env: { ...env, npm_command: 'exec' } },
    'node dist/cli.js',
    'node /src/dist/cli.js',
  ],
  ['from elsewhere', { script: '/opt/x y/cli.js' }, "node '/opt/x y/cli.js'", "node '/opt/x y/cli.js'"],
  [
    'of a project',
    { script: '/src/node_modules/.bin/chv-doctor' },
    'node_modules/.bin/chv-doctor',
    '/src/node_modules/.bin/chv-doctor',
  ],
  ['in the working directory', { script: '/src/chv-doctor' }, './chv-doctor', '/src/chv-doctor'],
  [
    'by a Node.js that root does not find',
    {
      script: '/home/sky/.nvm/bin/chv-doctor',
      node: '/home/sky/.nvm/bin/node',
      env: { PATH: '/home/sky/.nvm/bin' },
    },
    'chv-doctor',
    '/home/sky/.nvm/bin/node /home/sky/.nvm/bin/chv-doctor',
  ],
  [
    'as a standalone executable',
    { script: '/usr/bin/chv-doctor', node: '/usr/bin/chv-doctor' },
    'chv-doctor',
    'chv-doctor',
  ],
  [
    'as a standalone executable under its own name',
    { script: '/src/chv-doctor-linux-x86_64', node: '/src/chv-doctor-linux-x86_64' },
    './chv-doctor-linux-x86_64',
    '/src/chv-doctor-linux-x86_64',
  ],
  ['by something else', { script: '/x/judge.mjs' }, 'chv-doctor', 'chv-doctor'],
])('advice names the command as it was started: %s', (_, start, name, asRoot) => {
  const program = programFrom({ node: '/usr/bin/node', directory: '/src', env, ...start })
  expect(program).toEqual({ name, asRoot })
})

it('changes commands and nothing else', () => {
  const program = { name: 'npx chv-doctor', asRoot: '/x/chv-doctor' }
  const said = (text: string) => spokenBy(program, text)
  expect(said('only root: `sudo chv-doctor check`')).toBe('only root: `sudo /x/chv-doctor check`')
  expect(said('`chv-doctor fix nat`, `chv-doctor`')).toBe('`npx chv-doctor fix nat`, `npx chv-doctor`')
  expect(said('a rule of chv-doctor; ~/.local/share/chv-doctor check')).toBe(
    'a rule of chv-doctor; ~/.local/share/chv-doctor check',
  )
})
