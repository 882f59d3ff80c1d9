/** Other people's wrappings: the message is found at any depth, and prefixes of any language are taken off. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'
import { cleanLines } from '../../src/explain/reading/clean.ts'

const debug =
  'VmBoot(DeviceManager(CreateVirtioFs(VhostUserConnect(VhostUserProtocol(SocketConnect(Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }))))))'
const quoted = JSON.stringify(debug).slice(1, -1)

describe('the same error in', () => {
  it.each([
    ['an answer of the API up to 49', `HTTP/1.1 500 Internal Server Error\n\nError from API: ${debug}`],
    [
      'logfmt',
      `time="2026-01-02T03:04:05Z" level=error msg="start failed" error="error: 500 reason: ApiError(${quoted})" pid=7`,
    ],
    [
      'logfmt in JSON',
      JSON.stringify({ content: `time="x" level=error msg="error: 500 reason: ${quoted}"\n`, tag: 'kata' }),
    ],
    ['JSON behind an address', `192.0.2.7: ${JSON.stringify({ msg: `reason: ${debug}` })}`],
    [
      'an escaped string',
      `Exit Message: "exit status 1: cloud-hypervisor: 0.04s: <main> ERROR:src/lib.rs:23 -- Fatal error: ${quoted}\\n"`,
    ],
    ['a journal with a Japanese month', `11月 23 12:00:00 host kata[7]: reason: ${debug}`],
    ['a journal with a Dutch month', `mei 01 20:47:57 host microvm@a[7]: reason: ${debug}`],
    ['a kubelet', `E1123 12:00:00.123456    4711 pod.go:12] start failed: ${debug}`],
    [
      'a record quoted in a line',
      `ch_stderr_tail="cloud-hypervisor:   0.74s: <vmm> ERROR:vmm/src/lib.rs:1 -- Error: ${debug}`,
    ],
    ['no-break spaces', `Error\u00a0booting\u00a0VM:\u00a0${debug}`],
  ])('%s', (_, text) => {
    expect(diagnose(text)[0]?.cause).toBe('vhost-user-backend-missing')
  })
  it('a list of the API, over several lines and twice', () => {
    const text =
      'PUT vm.boot\n["Error from API","The VM could not boot","Error from device manager",\n "Cannot create virtio-fs device","Connection to socket failed"]\n'
    expect(diagnose(`${text}${text}`).map(({ cause }) => cause)).toEqual(['vhost-user-backend-missing'])
  })
  it('a chain whose middle was left out', () => {
    const text =
      '      Cloud Hypervisor exited with the following chain of errors:\n        0: Error restoring VM\n        ...\n        3: Cannot open disk path\n        4: No such file or directory (os error 2)\n'
    expect(diagnose(text)[0]).toMatchObject({ cause: 'disk-missing', check: null, fix: null })
  })
})

describe('cleanLines', () => {
  it('keeps both ends of a line of 100,000 characters', () => {
    const [line] = cleanLines(`start${'x'.repeat(100_000)}end`)
    expect(line?.text.length).toBeLessThan(13_000)
    expect(line?.text).toMatch(/^start.*end$/)
  })
  it('takes escape sequences of terminals out of what was wrapped, too', () => {
    expect(cleanLines(JSON.stringify({ msg: '\u001b[31mred\u001b[0m\u0007' }))[0]?.text).toBe('red')
  })
})

describe('words of other languages', () => {
  it.each([
    ['bash: ./cloud-hypervisor: 没有那个文件或目录', 'binary-missing'],
    ['cloud-hypervisor：未找到命令', 'binary-not-found'],
    ['bash: cloud-hypervisor: Kommando nicht gefunden.', 'binary-not-found'],
    ['bash: ./cloud-hypervisor: Keine Berechtigung', 'binary-not-executable'],
    ['-bash: ./cloud-hypervisor: Permiso denegado', 'binary-not-executable'],
    ['bash: ./cloud-hypervisor: Permission non accordée', 'binary-not-executable'],
    ['zsh: コマンドが見つかりません: cloud-hypervisor', 'binary-not-found'],
    ['总线错误 (核心已转储)', 'hugepages-exhausted'],
    ['Bus-Zugriffsfehler (Speicherabzug geschrieben)', 'hugepages-exhausted'],
    ["Violación de segmento (`core' generado)", 'segfault'],
  ])('%s', (text, cause) => {
    expect(diagnose(text)[0]?.cause).toBe(cause)
  })
})
