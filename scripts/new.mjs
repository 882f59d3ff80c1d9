/**
 * Makes a check or a fix with everything that belongs to it, in place and green:
 * `npm run new:check -- NAME`, `npm run new:fix -- NAME`. CONTRIBUTING.md says what to change then.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('..', import.meta.url).pathname

const read = (path) => readFileSync(`${root}${path}`, 'utf8')
const camel = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/** Puts a line before one that is there already. @throws Error when it is not there */
const insertBefore = (path, line, marker) => {
  const text = read(path)
  if (!text.includes(marker))
    throw new Error(`${path} has no line ${JSON.stringify(marker)} to stand before.`)
  writeFileSync(
    `${root}${path}`,
    text.replace(marker, () => `${line}\n${marker}`),
  )
}

const run = (program, ...args) => {
  const { status } = spawnSync(`${root}node_modules/.bin/${program}`, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${status}.`)
}

// The recorded hosts of which one has the file of the template, so that the new check has two states from the start.
const recordings = { 'test/facts/debian12-ready.json': true, 'test/facts/debian12-bare.json': false }

const record = (name) => {
  for (const [path, exists] of Object.entries(recordings)) {
    const file = JSON.parse(read(path))
    file.observations[name] = { facts: { path: `/etc/${name}`, exists } }
    writeFileSync(`${root}${path}`, `${JSON.stringify(file, null, 2)}\n`)
  }
}

const kinds = {
  check: {
    directory: 'checks',
    register(name) {
      insertBefore(
        'checks/registry.ts',
        `import { ${camel(name)} } from './${name}.ts'`,
        'import { bootProbe }',
      )
      insertBefore('checks/registry.ts', `  ${camel(name)},`, '  bootProbe,\n')
      record(name)
    },
    next: (name) => [
      `checks/${name}.ts: group, needs, findings, probe and judge`,
      `test/facts/*.json: what the probe returned on real hosts (npm run record-hosts)`,
    ],
  },
  fix: {
    directory: 'fixes',
    register(name) {
      insertBefore(
        'src/contract/fix-args.ts',
        `  readonly '${name}': NoArgs`,
        "  readonly 'create-cloud-init'",
      )
      insertBefore('src/contract/fix-args.ts', `  '${name}': ['root'],`, "  'create-cloud-init': [],")
      insertBefore(
        'fixes/registry.ts',
        `import { ${camel(name)} } from './${name}.ts'`,
        'import { buildKernel }',
      )
      insertBefore('fixes/registry.ts', `  '${name}': ${camel(name)},`, "  'create-cloud-init': ")
    },
    next: (name) => [
      `fixes/${name}.ts: programs, survey and plan`,
      `src/contract/fix-args.ts: its arguments, and what its steps take that a container may keep from it`,
      `a check that names it: fix: { id: '${name}', args: {} }`,
    ],
  },
}

const main = ([kind, name, ...rest]) => {
  const chosen = kinds[kind]
  if (!chosen || !name || rest.length > 0)
    throw new Error(`Usage: npm run new:${chosen ? kind : 'check'} -- NAME`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(
      `"${name}" is no name for a ${kind}: use lower-case words joined by hyphens, such as swap-space.`,
    )
  const { directory } = chosen
  const title = `${name[0].toUpperCase()}${name.slice(1).replaceAll('-', ' ')} is in order`
  const files = {
    [`${directory}/${name}.ts`]: `${kind}.ts.txt`,
    [`test/${directory}/${name}.test.ts`]: `${kind}.test.ts.txt`,
    [`docs/${directory}/${name}.md`]: `${kind}.md.txt`,
  }
  const taken = Object.keys(files).find((path) => existsSync(`${root}${path}`))
  if (taken) throw new Error(`${taken} exists; choose another name.`)
  for (const [path, template] of Object.entries(files)) {
    const text = read(`scripts/templates/${template}`)
      .replaceAll('TITLE_LOWER', title[0].toLowerCase() + title.slice(1))
      .replaceAll('TITLE', title)
      .replaceAll('CAMEL', camel(name))
      .replaceAll('NAME', name)
    writeFileSync(`${root}${path}`, text)
  }
  chosen.register(name)
  run(
    'biome',
    'check',
    '--write',
    ...Object.keys(files).filter((path) => path.endsWith('.ts')),
    `${directory}/registry.ts`,
    'src/contract/fix-args.ts',
    ...(kind === 'check' ? Object.keys(recordings) : []),
  )
  process.stdout.write(
    `${[...Object.keys(files), `${directory}/registry.ts`].map((path) => `  ${path}\n`).join('')}`,
  )
  // The index of the documentation names it.
  run('tsx', 'scripts/docs.ts')
  if (kind === 'check') {
    if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0)
      throw new Error('scripts/build.mjs failed.')
    // The reports of the recorded hosts have one more check.
    run(
      'vitest',
      'run',
      ...'--config test/vitest.config.ts --project unit test/hosts.test.ts --update'.split(' '),
    )
  }
  process.stdout.write(
    `Now change:\n${chosen
      .next(name)
      .map((line) => `  ${line}\n`)
      .join('')}Then: npm run check\n`,
  )
}

try {
  main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
