// What other programs say of this host: each as one text that is compared with what it said when all was well.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Both ask the flags of the processor first and end there. So that they get further where KVM works without
 * hardware support, they see a processor with vmx; `plain` says what they say of this one.
 */
const withFlags = '/tmp/cpuinfo-with-vmx'
const as = (user) => (user === 'root' ? [] : ['/sbin/runuser', '-u', user, '--'])

const disguised = (argv, user) => {
  const text = readFileSync('/proc/cpuinfo', 'utf8')
  writeFileSync(
    withFlags,
    /^flags.*\b(vmx|svm)\b/m.test(text) ? text : text.replace(/^flags\s*:/gm, '$& vmx'),
  )
  return [
    'unshare',
    '--mount',
    'sh',
    '-c',
    `mount --bind ${withFlags} /proc/cpuinfo && exec "$@"`,
    'sh',
    ...as(user),
    ...argv,
  ]
}

const ask = (argv) => {
  const { status, stdout, stderr, error } = spawnSync(argv[0], argv.slice(1), {
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: '/root' },
  })
  return error ? null : { code: status, text: `${stdout}${stderr}` }
}

/** Lines that say something is wrong, without what differs from run to run. */
const complaints = (answer, pattern) =>
  answer && {
    code: answer.code,
    lines: answer.text
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => line.trim()),
  }

/** Whether the peers are content with the processor as it is. */
export const askPeersPlain = () => ({
  'kvm-ok': existsSync('/usr/sbin/kvm-ok') ? ask(['/usr/sbin/kvm-ok'])?.code : null,
  'virt-host-validate': existsSync('/usr/bin/virt-host-validate')
    ? ask(['/usr/bin/virt-host-validate', 'qemu'])?.code
    : null,
})

/** @param user who asks: what one may do differs */
export const askPeers = (user = 'root') => ({
  'kvm-ok': existsSync('/usr/sbin/kvm-ok')
    ? complaints(ask(disguised(['/usr/sbin/kvm-ok'], user)), /NOT|INFO|HINT|can be used/)
    : null,
  'virt-host-validate': existsSync('/usr/bin/virt-host-validate')
    ? complaints(ask(disguised(['/usr/bin/virt-host-validate', 'qemu'], user)), /FAIL|WARN/)
    : null,
  goss: existsSync('/opt/trust/goss')
    ? complaints(
        ask(['/opt/trust/goss', '-g', '/opt/trust/goss.yaml', 'validate', '--no-color', '--format', 'tap']),
        /^not ok/,
      )
    : null,
})
