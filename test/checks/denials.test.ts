import { describe, expect, it } from 'vitest'
import { denials } from '../../checks/denials.ts'
import { conclude } from '../helpers/conclude.ts'
import { type FakeHost, notPermitted } from '../helpers/fake-host.ts'

const started = 1_700_000_000

const selinux = (
  more: { seconds?: number; id?: number; comm?: string; permissive?: 0 | 1; name?: string } = {},
) => {
  const {
    seconds = started + 60,
    id = 456,
    comm = 'cloud-hyperviso',
    permissive = 0,
    name = 'disk.raw',
  } = more
  return `type=AVC msg=audit(${seconds}.123:${id}): avc:  denied  { read write } for  pid=1234 comm="${comm}" name="${name}" dev="sda1" ino=12345 scontext=system_u:system_r:svirt_t:s0 tcontext=unconfined_u:object_r:user_home_t:s0 tclass=file permissive=${permissive}\n`
}

const apparmor = `[  12.345678] audit: type=1400 audit(${started + 60}.123:456): apparmor="DENIED" operation="open" class="file" profile="/usr/bin/cloud-hypervisor" name="/srv/vm/disk.raw" pid=1234 comm="vmm" requested_mask="r" denied_mask="r" fsuid=1000 ouid=0\n`

interface Logs {
  readonly audit?: string | null | Error
  readonly kernel?: string | null
  readonly dmesg?: string | null
}

const hostWith = (module: 'SELinux' | 'AppArmor' | 'none', logs: Logs = {}): FakeHost => {
  const { audit = null, kernel = null, dmesg = '' } = logs
  return {
    files: {
      '/sys/fs/selinux/enforce': module === 'SELinux' ? '1' : null,
      '/sys/module/apparmor/parameters/enabled': module === 'AppArmor' ? 'Y\n' : 'N\n',
      '/var/log/audit/audit.log': audit,
      '/var/log/kern.log': kernel,
      '/proc/sys/kernel/dmesg_restrict': dmesg === null ? '1\n' : '0\n',
      '/proc/stat': `cpu  1 2 3\nbtime ${started}\n`,
    },
    commands: { dmesg: dmesg ?? '' },
    rootCommands: null,
  }
}

const codeOf = async (host: FakeHost) => {
  const { status, code } = await conclude(denials, host)
  return code ?? status
}

describe('denials', () => {
  it('reads no log where no module is in force', async () => {
    const { files } = hostWith('none')
    const only = ['/sys/fs/selinux/enforce', '/sys/module/apparmor/parameters/enabled']
    const few = Object.fromEntries(Object.entries(files ?? {}).filter(([path]) => only.includes(path)))
    expect(await codeOf({ files: few })).toBe('ok')
    expect(await codeOf({ files: { ...few, '/sys/fs/selinux/enforce': '0' } })).toBe('ok')
  })

  it('names what SELinux refused, and how often', async () => {
    const audit = selinux() + selinux({ id: 457, comm: 'firefox' }) + selinux({ id: 458 })
    expect(await conclude(denials, hostWith('SELinux', { audit }))).toMatchObject({
      status: 'warn',
      code: 'denials/refused',
      values: {
        module: 'SELinux',
        program: 'cloud-hyperviso',
        action: 'read write',
        object: 'disk.raw',
        times: 2,
      },
      hint: expect.stringContaining('restorecon'),
    })
  })

  it('names the profile of AppArmor, and counts a record of two logs once', async () => {
    expect(
      await conclude(denials, hostWith('AppArmor', { dmesg: apparmor, kernel: apparmor })),
    ).toMatchObject({
      code: 'denials/refused',
      values: { module: 'AppArmor', action: 'open', object: '/srv/vm/disk.raw', times: 1 },
      hint: expect.stringContaining('/usr/bin/cloud-hypervisor'),
    })
  })

  it.each([
    ['before the start of the host', selinux({ seconds: started - 1 }), 'ok'],
    ['for another program', selinux({ comm: 'firefox' }), 'ok'],
    ['for a thread of a CPU', selinux({ comm: 'vcpu12' }), 'denials/refused'],
    [
      'the start of the program',
      selinux({ comm: 'bash', name: 'cloud-hypervisor-static' }),
      'denials/refused',
    ],
    ['chv-doctor itself, of a device', selinux({ comm: 'perl', name: 'kvm' }), 'denials/refused'],
    ['chv-doctor itself, of another file', selinux({ comm: 'perl', name: 'x' }), 'ok'],
    ['and let through all the same', selinux({ permissive: 1 }), 'ok'],
    ['in a line that is cut', selinux().slice(60), 'ok'],
    ['nothing', '', 'ok'],
  ])('what was refused %s', async (_, audit, expected) => {
    expect(await codeOf(hostWith('SELinux', { audit }))).toBe(expected)
  })

  it('reads the record among others of the same event, and no line that is too long', async () => {
    const syscall = `type=SYSCALL msg=audit(${started + 60}.123:456): arch=c000003e success=no comm="cloud-hyperviso"\n`
    expect(await codeOf(hostWith('SELinux', { audit: selinux() + syscall }))).toBe('denials/refused')
    const long = selinux().replace('pid=', `${'x'.repeat(5000)} pid=`)
    expect(await codeOf(hostWith('SELinux', { audit: long }))).toBe('ok')
  })

  it('takes a module that does not say whether it is on for one that is', async () => {
    const path = '/sys/module/apparmor/parameters/enabled'
    const host = hostWith('none', { dmesg: apparmor })
    const files = { ...host.files, [path]: notPermitted(path) }
    expect(await codeOf({ ...host, files })).toBe('denials/refused')
  })

  it('is skipped where only root can read it, and reads it as root', async () => {
    const closed = hostWith('SELinux', { audit: notPermitted('/var/log/audit/audit.log'), dmesg: null })
    expect(await conclude(denials, closed)).toMatchObject({
      status: 'skip',
      reason: 'only root can read what SELinux refused',
    })
    const rootCommands = { 'tail -c 262144 /var/log/audit/audit.log': selinux(), dmesg: '' }
    expect(await codeOf({ ...closed, rootCommands })).toBe('denials/refused')
  })
})
