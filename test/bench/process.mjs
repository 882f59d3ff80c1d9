// One run of a program, measured as the kernel accounts for it: wall time, processor time with that of all
// processes that it waited for, and the memory of the largest of them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Node does not tell what a child used; python3's wait4 does, and adds nothing to it. */
const meter = `
import os, sys, time
start = time.perf_counter()
pid = os.fork()
if pid == 0:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2): os.dup2(null, stream)
    try: os.execvp(sys.argv[1], sys.argv[1:])
    finally: os._exit(127)
_, status, used = os.wait4(pid, 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))
`

/**
 * @param argv program and arguments; it reads and writes nothing
 * @returns milliseconds, milliseconds, KiB, the exit code
 * @throws Error where it does not start, or python3 does not
 */
export const measure = (argv, options) => {
  const { stdout, stderr, error } = spawnSync('python3', ['-c', meter, ...argv], {
    ...options,
    encoding: 'utf8',
  })
  if (error) throw new Error(`python3 measures the processes: ${error.message}`)
  const [wall, cpu, peak, code] = stdout.trim().split(' ').map(Number)
  if (code === undefined || code === 127) throw new Error(`${argv[0]} did not run: ${stderr}`)
  return { wall: wall * 1000, cpu: cpu * 1000, peak, code }
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/**
 * Each command once a round, in an order that turns; the first round warms the caches and does not count.
 * @param commands name to argv
 * @returns name to its measurements, in the order of the rounds
 */
export const interleave = (commands, rounds, options) => {
  const names = Object.keys(commands)
  const runs = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [index] of names.entries()) {
      const name = names[(index + round) % names.length]
      const one = measure(commands[name], options)
      if (round > 0) runs[name].push(one)
    }
  return runs
}

/**
 * "1.07 (1.05)": the median of the ratios within a round, and the ratio of the least of each: on a machine that
 * others use, the least is what was disturbed least.
 */
export const ratio = (runs, base, quantity) => {
  const middle = median(runs.map((run, index) => run[quantity] / base[index][quantity]))
  const least = (list) => Math.min(...list.map((run) => run[quantity]))
  return `${middle.toFixed(2)} (${(least(runs) / least(base)).toFixed(2)})`
}

/** The programs that a command starts, counted by the kernel; null without strace. */
export const processesOf = (argv, options) => {
  const directory = mkdtempSync(`${tmpdir()}/chv-bench-`)
  try {
    const trace = `${directory}/trace`
    const { error } = spawnSync('strace', ['-f', '-qq', '-e', 'trace=execve', '-o', trace, ...argv], {
      ...options,
      stdio: 'ignore',
    })
    if (error) return null
    const started = readFileSync(trace, 'utf8').split('\n')
    return started.filter((line) => / = 0$/.test(line)).length - 1
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The rows of a table: each command, its median wall time, and its ratios to the first. */
export const rowsOf = (runs) => {
  const [base] = Object.values(runs)
  return Object.entries(runs).map(([name, own]) => [
    name,
    median(own.map(({ wall }) => wall)).toFixed(0),
    ratio(own, base, 'wall'),
    ratio(own, base, 'cpu'),
    ratio(own, base, 'peak'),
  ])
}

/** What the columns of `rowsOf` are. */
export const columnsOf = (what) => [what, 'ms', 'wall', 'processor', 'peak memory']
