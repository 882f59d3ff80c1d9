// The figures that the last run wrote to .trust, as the table of docs/trust.md. Only what was measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const read = (name) => {
  const path = `.trust/${name}.json`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

const good = (outcomes) => outcomes.filter(({ broken, problems }) => !broken && problems.length === 0).length
const share = (part, all) => `${part} of ${all}`

const rowsOfFaults = (figures) => {
  if (!figures) return []
  const ran = figures.outcomes.filter(({ broken }) => !broken)
  const singles = ran.filter(({ id }) => !id.includes('+'))
  const pairs = ran.filter(({ id }) => id.includes('+'))
  const without = (list, pattern) =>
    list.filter(({ problems }) => !problems.some((text) => pattern.test(text))).length
  const row = (name, list) =>
    list.length === 0
      ? []
      : [
          [
            `${name}: detected, and by the right check`,
            share(without(list, /^not detected|gave no report| is \w+, not /), list.length),
          ],
          [
            `${name}: the expected finding code`,
            share(without(list, /^the code is|^not detected|gave no report/), list.length),
          ],
          [`${name}: no other check fails`, share(without(list, /^cascade/), list.length)],
          [`${name}: looking changes nothing`, share(without(list, /^check changed/), list.length)],
          [
            `${name}: mended by \`fix --yes\`, or left with advice`,
            share(without(list, /^not mended|^fix ended|^new after|offers|says not/), list.length),
          ],
          [
            `${name}: taken back by \`undo --yes\``,
            share(without(list, /^undo ended|^not taken back/), list.length),
          ],
        ]
  const peers = ['kvm-ok', 'virt-host-validate', 'goss'].flatMap((peer) => {
    const scope = singles.filter(({ peers }) => peers[peer] !== undefined)
    if (scope.length === 0) return []
    const seen = scope.filter(({ peers }) => peers[peer]).length
    const ours = without(scope, /^not detected/)
    return [
      [
        `faults in the scope of ${peer}: it / the doctor`,
        `${share(seen, scope.length)} / ${share(ours, scope.length)}`,
      ],
    ]
  })
  return [...row('single faults', singles), ...row('pairs of faults', pairs), ...peers]
}

const rowsOfCuts = () => {
  const kills = read('kills')
  const power = read('power')
  const together = read('together')
  const rows = []
  if (kills?.outcomes.length) {
    const struck = kills.outcomes.filter(({ hit }) => hit !== 'nothing')
    const own = struck.filter(({ hit }) => hit === 'doctor').length
    rows.push(
      [
        `kill -9 during a repair: nothing half-made, the next run finishes, undo works`,
        share(good(kills.outcomes), kills.outcomes.length),
      ],
      [
        'of these the doctor / one of its commands / nothing was hit',
        `${own} / ${struck.length - own} / ${kills.outcomes.length - struck.length}`,
      ],
    )
  }
  if (power)
    rows.push([
      'power cuts during a repair, unsynced data lost: the same',
      share(good(power.outcomes), power.outcomes.length),
    ])
  if (together)
    rows.push([
      'two doctors at once: the state that one leaves',
      share(good(together.rounds), together.rounds.length),
    ])
  return rows
}

const rowsOfRest = () => {
  const scarce = read('scarce')
  const servers = read('servers')
  const fuzz = read('fuzz')
  const rows = []
  if (scarce?.outcomes.length)
    rows.push([
      'something is missing: one clear message and a documented code',
      share(good(scarce.outcomes), scarce.outcomes.length),
    ])
  if (servers?.outcomes.length)
    rows.push([
      'hostile servers: nothing unverified under a final name, and an end',
      share(servers.outcomes.filter(({ ok }) => ok).length, servers.outcomes.length),
    ])
  if (fuzz) {
    const all = Object.values(fuzz.results)
    const done = all.filter(({ result }) => result)
    const clean = done.filter(({ result }) => result.failures.length === 0)
    const cases = done.reduce((sum, { result }) => sum + result.cases, 0)
    rows.push([
      `parsers under coverage-guided fuzzing (${cases.toLocaleString('en')} cases): no crash, hang or growth`,
      share(clean.length, all.length),
    ])
  }
  return rows
}

const start = '<!-- figures -->'
const end = '<!-- end of figures -->'

/** What a measurement found wrong, in a line each. */
const shortcomings = () => {
  const line = (part, id, problems) =>
    `- ${part}, ${id}: ${problems[0].replace(/\s+/g, ' ').replace(/`/g, "'").slice(0, 160)}`
  const bad = (outcomes, part, name) =>
    (outcomes ?? []).flatMap((one, index) =>
      one.problems?.length > 0 ? [line(part, name(one, index), one.problems)] : [],
    )
  const fuzz = Object.entries(read('fuzz')?.results ?? {}).flatMap(([id, { result, problem }]) => {
    const problems = problem ? [problem] : (result?.failures ?? []).map(({ message }) => message)
    return problems.length > 0 ? [line('parser', id, problems)] : []
  })
  return [
    ...bad(read('faults')?.outcomes, 'fault', ({ id }) => id),
    ...bad(read('kills')?.outcomes, 'kill', ({ repair, at, hit }) => `${repair} at ${at}, ${hit} was hit`),
    ...bad(read('power')?.outcomes, 'power cut', ({ at }) => `at ${at}`),
    ...bad(read('together')?.rounds, 'two at once', ({ gapMs }) => `${gapMs} ms apart`),
    ...bad(read('scarce')?.outcomes, 'shortage', ({ id }) => id),
    ...fuzz,
  ]
}

/** @returns the table that was written */
export const writeTable = (path = 'docs/trust.md') => {
  const any = ['faults', 'kills', 'scarce', 'servers', 'fuzz', 'power', 'together'].map(read).filter(Boolean)
  const rows = [...rowsOfFaults(read('faults')), ...rowsOfCuts(), ...rowsOfRest()]
  if (any.length === 0) return 'nothing was measured'
  const short = shortcomings()
  const load = Math.max(...any.map((one) => one.load))
  const table = [
    `Measured on ${[...new Set(any.map((one) => one.date))].sort().join(', ')}, seed ${[...new Set(any.map((one) => one.seed))].join(', ')}, load of the machine up to ${load} on two cores.`,
    '',
    '| what | held |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
    'What falls short:',
    '',
    ...(short.length > 0 ? short : ['- nothing that was measured']),
  ].join('\n')
  const page = readFileSync(path, 'utf8')
  const [before] = page.split(start)
  const after = page.split(end)[1]
  writeFileSync(path, `${before}${start}\n${table}\n${end}${after}`)
  return table
}

if (process.argv[1]?.endsWith('table.mjs')) process.stdout.write(`${writeTable()}\n`)
