/** Texts of which no cause is known: the line that a person would point at, whose it is, and its reason in words. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const only = (text: string) => {
  const found = diagnose(text)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ cause: 'unknown', severity: 'note', confidence: 'possible' })
  return found[0] ?? expect.fail()
}

const log = (lines: number) => Array.from({ length: lines }, (_, at) => `step ${at} is done`)

describe('the line that looks most like an error', () => {
  it('is the gravest, wherever it stands', () => {
    const text = [...log(30), 'ERROR could not open /srv/x: Permission denied', 'cleanup failed', ...log(30)]
    expect(only(text.join('\n')).lines[0]?.number).toBe(31)
  })
  it('is none in a long log where only a word looks like it', () => {
    expect(diagnose([...log(60), 'retries after which it failed: 0'].join('\n'))).toEqual([])
  })
  it.each([
    ['a record of a lower level', 'time="x" level=debug msg="failed to fetch metrics"'],
    ['a line of the kernel that hardware lacks something', '[    1.234567] foo: probe failed with error -19'],
    ['a line of source in a traceback', '  File "error.py", line 1, in failed'],
  ])('is never %s', (_, text) => {
    expect(diagnose(text)).toEqual([])
  })
})

describe('a line that only says that something ended', () => {
  it.each([
    ['frob: no valid frobnication data found.', 'worker: the step failed with exit code 2'],
    [
      'sshd[9]: sshd: no hostkeys available -- exiting.',
      'systemd[1]: ssh.service: Control process exited, code=exited, status=1/FAILURE',
    ],
    ['Hunk #2 FAILED at 82.', 'make: *** [Makefile:9: all] Error 1'],
  ])('gives way to the reason above it: %s', (reason, end) => {
    const [first] = diagnose(`step one\n${reason}\n${end}\n`)
    expect(first?.lines[0]?.number).toBe(2)
  })
  it('gives way to a plain reason below it rather than to a word above it', () => {
    const found = diagnose(
      [
        'TASK: duplicate the root disk of each machine',
        'FAILED: [vm-block] => non-zero',
        "return code STDERR: cp: cannot open '/srv/images/",
        "debian.raw' for",
        'reading: Permission denied',
      ].join('\n'),
    )[0]
    expect(found?.lines.map(({ number }) => number)).toEqual([3, 4, 5])
    expect(found?.what).toContain("'/srv/images/ debian.raw' for reading: Permission denied")
  })
  it('is told where nothing above it says what was wrong', () => {
    expect(diagnose('step one\nworker: the step failed with exit code 2.\n')[0]?.lines[0]?.number).toBe(2)
  })
})

describe('a head without words', () => {
  it('is weighed with what stands below it', () => {
    const found = diagnose(
      [
        'ERROR [src/error.rs:21] Error:',
        '\tParseConfig(Error("expected value", line: 7, column: 3))',
        '\tat src/daemon.rs:140',
        'starting again',
        'ERROR [src/main.rs:674] Failed in starting daemon: Invalid argument (os error 22)',
      ].join('\n'),
    )
    expect(found.map(({ lines }) => lines[0]?.number)).toEqual([5, 1])
    expect(found[1]?.what).toContain('expected value')
  })
})

it('an error that is not known is told behind a remark', () => {
  const found = diagnose(
    'The filesystem is already 2621440 (4k) blocks long.  Nothing to do!\nError: could not frob the widget: Invalid argument (os error 22)',
  )
  expect(found.map(({ cause, severity }) => [cause, severity])).toEqual([
    ['file-system-fills-device', 'note'],
    ['unknown', 'note'],
  ])
  expect(found[1]?.what).toContain('could not frob the widget')
})

describe('the writer of a line', () => {
  it('is not told by a directory of a person that is called after it', () => {
    const text = "could not use '/home/user/cloud-init-test/disk.qcow2': invalid format (os error 22)"
    expect(diagnose(text)[0]?.what).not.toContain('cloud-init in the guest')
  })
})

describe('a message over several lines', () => {
  const claim = [
    'Warning  Provisioning  csi ...',
    '  volume of class "fast" failed:',
    '    rpc error: code = Internal desc = answer [500].',
    '    Body: [message=verify:',
    '      size of the target is different than',
    '      size of the source]',
    'Normal  Waiting  csi',
  ]
  it('is told as a whole, with the head above it and the reason below', () => {
    const found = diagnose(claim.join('\n'))[0]
    expect(found?.what).toContain('volume of class "fast" failed: rpc error:')
    expect(found?.what).toContain('size of the target is different than size of the source]')
    expect(found?.why).toContain('Two values that must be equal are not.')
    expect(found?.lines.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6])
  })
  it('has the output of the command that failed, field by field', () => {
    const fields = [
      "Command: ['ssh-keygen']",
      'Exit code: 1',
      'Reason: -',
      'Stdout: key already exists.',
      'Stderr:',
    ]
    const found = diagnose(
      ['cloudinit.subp.ProcessExecutionError: Unexpected error while running command.', ...fields].join('\n'),
    )[0]
    expect(found?.what).toContain('key already exists.')
    expect(found?.why).toContain('It exists already')
  })
  it('takes no line of another one', () => {
    expect(only('volume a failed to open\nnext one is fine').lines).toHaveLength(1)
  })
})

describe('of two lines that look like an error', () => {
  const first = 'ERROR could not open /srv/x: Permission denied'
  const last = 'ERROR giving up, step 2 failed: Permission denied'
  it('the last is told, and the first behind it', () => {
    const found = diagnose([first, 'trying again', last].join('\n'))
    expect(found.map(({ lines }) => lines[0]?.number)).toEqual([3, 1])
    expect(found[1]?.what).toContain('Before it stands another line')
  })
  it('the same message again is one', () => {
    expect(only([`${first} (1)`, `${first} (2)`].join('\n')).lines[0]?.number).toBe(2)
  })
  it('the first is told where a kernel writes both', () => {
    const oops = ['[    1.1] BUG: unable to frobnicate', '[    1.2] WARNING: CPU: 1 PID: 2 at mm/late.c:1']
    expect(diagnose(oops.join('\n'))[0]?.lines[0]?.number).toBe(1)
  })
})

describe('who wrote it', () => {
  it.each([
    ['Nov 27 10:00:00 host storaged[7]: volume a failed to open', 'the program "storaged"'],
    [
      '[+] storaged: 2025-01-14T11:53:55Z error failed to clean /x: device or resource busy',
      'the program "storaged"',
    ],
    ['qemu-system-x86_64: -device x: failed to open y', 'QEMU, another monitor'],
    ['lib.errors.ApiException: 500: failed', 'a program in Python'],
    ['iobuf.c: 296:spdk_x: *ERROR*: Failed to populate y', 'SPDK'],
  ])('%s', (text, writer) => {
    expect(only(text).what).toContain(`It was written by ${writer}`)
  })
  it('is not told where nothing tells it', () => {
    expect(only('error: could not frobnicate').what).toContain('does not tell which program wrote it')
  })
})

describe('its reason in words', () => {
  it.each([
    ['fetch of the image failed, response: 404', 'HTTP 404: what was asked for is not there'],
    ['SandboxException: 408: ', 'HTTP 408: it took too long'],
    ['task failed: backup is in progress', 'An earlier operation counts as not finished'],
    ['the pool failed: limit of volumes exceeded', 'too small for what is asked of it'],
    ['failed: path /x NOT under any allow-list prefix', 'A rule of that program refuses it'],
    ['agent failed: cannot parse integer from empty string', 'A value could not be read'],
    ['could not start: name already in use', 'It exists already, or is in use'],
    ['worker called `Option::unwrap()` on a `None` value', 'That program crashed'],
    ['could not clean /x: Device or resource busy', 'something else is using it (EBUSY)'],
    ['cat: /sys/kernel/debug/kvm: Permission denied', 'are open to root only'],
  ])('%s', (text, why) => {
    expect(only(text).why).toContain(why)
  })
  it('is not made up', () => {
    expect(only('the gizmo failed').why).toBe('Whether it has to do with Cloud Hypervisor is unknown.')
  })
})

it('stands before a unit that ended, which says nothing of the reason', () => {
  const text = [
    'Jul 28 09:30:47 host vm@a[7]: qemu-system-aarch64: cannot initialize fsdev: failed to open /run/x: No such file or directory',
    'Jul 28 09:30:47 host systemd[1]: vm@a.service: Main process exited, code=exited, status=1/FAILURE',
    "Jul 28 09:30:47 host systemd[1]: vm@a.service: Failed with result 'exit-code'.",
  ]
  expect(diagnose(text.join('\n')).map(({ cause }) => cause)).toEqual(['unknown', 'unit-ended'])
})
