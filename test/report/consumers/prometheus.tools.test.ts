/** The metrics, checked by promtool and collected by a real node_exporter from its textfile directory. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { get } from 'node:http'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { because } from '../../helpers/needs.ts'
import { runCli } from '../../helpers/run-cli.ts'
import { scratch } from '../../helpers/scratch.ts'
import { absent, consume, nodeExporter, promtool } from '../../helpers/test-tools.ts'
import { documents } from './documents.ts'

const whyNoPromtool = absent(promtool)
const whyNoExporter = absent(nodeExporter)

const page = async (port: string): Promise<string> => {
  const [response] = await once(get({ host: '127.0.0.1', port, path: '/metrics' }), 'response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return text
}

/** Starts node_exporter with nothing but this directory. @returns its metrics, as Prometheus reads them */
const collected = async (directory: string): Promise<string> => {
  const child = spawn(nodeExporter, [
    '--web.listen-address=127.0.0.1:0',
    '--web.disable-exporter-metrics',
    '--collector.disable-defaults',
    '--collector.textfile',
    `--collector.textfile.directory=${directory}`,
  ])
  onTestFinished(() => void child.kill())
  for await (const line of createInterface({ input: child.stderr })) {
    const port = /address=127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port !== undefined) return page(port)
  }
  throw new Error('node_exporter did not start')
}

describe('prometheus and promtool', () => {
  it.skipIf(whyNoPromtool)(`agree${because(whyNoPromtool)}`, async () => {
    for (const [of, metrics] of Object.entries(await documents('prometheus'))) {
      const { status, stdout, stderr } = consume(promtool, ['check', 'metrics'], metrics)
      expect([of, status, stdout + stderr]).toEqual([of, 0, ''])
    }
  })

  it.skipIf(whyNoPromtool)(`does not agree with a broken one${because(whyNoPromtool)}`, () => {
    expect(consume(promtool, ['check', 'metrics'], 'a{b="c} 1\n').status).not.toBe(0)
  })
})

describe('prometheus and node_exporter', () => {
  it.skipIf(whyNoExporter)(`agree, on the time of the run too${because(whyNoExporter)}`, async () => {
    const directory = scratch()
    const before = Date.now() / 1000
    await runCli(['check', '--output', `prometheus=${directory}/chv-doctor.prom`])
    const metrics = await collected(directory)
    expect(metrics).toMatch(/^node_textfile_scrape_error 0$/m)
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1])
    expect(value('chv_doctor_run_timestamp_seconds')).toBeGreaterThan(before - 1)
    expect(value('chv_doctor_run_timestamp_seconds')).toBeLessThan(Date.now() / 1000)
    expect(value('chv_doctor_run_duration_seconds')).toBeGreaterThan(0)
    expect(value('chv_doctor_check_duration_seconds{check="kvm"}')).toBeGreaterThanOrEqual(0)
    expect(metrics).toMatch(/^chv_doctor_check_status\{check="kvm",group="host",status="\w+"\} 1$/m)
  })

  it.skipIf(whyNoExporter)(`sees that a file is broken${because(whyNoExporter)}`, async () => {
    const directory = scratch()
    copyFileSync('/etc/passwd', `${directory}/chv-doctor.prom`)
    expect(await collected(directory)).toMatch(/^node_textfile_scrape_error 1$/m)
  })
})
