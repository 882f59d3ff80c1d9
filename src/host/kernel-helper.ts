/**
 * Asks the kernel what Node cannot: ioctls on /dev/kvm and /dev/net/tun, extended attributes, and the
 * carrier of a link over netlink; and the C library for crypt(3), on a pipe, so that no password stands
 * in a list of processes.
 * One small perl process answers all questions of a run (perl-base is Essential on Debian and
 * Ubuntu); python3 is the second choice. Opening a device and creating an empty virtual machine
 * leaves nothing behind: the descriptors close with the process.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { errnoOf, Undetermined } from '../util/errors.ts'
import { childEnvironment } from './child-environment.ts'
import { startChild } from './start-child.ts'

// Request lines: "kvm MACHINE", "tun", "xattr PATH-IN-HEX", "crypt SALT PASSWORD-IN-HEX", "carrier NAME-IN-HEX".
// Each gets one line of key=value; errno numbers are
// decimal, 0 for success, and a later step is absent when an earlier one failed.
// Numbers: KVM_GET_API_VERSION 0xAE00, KVM_CREATE_VM 0xAE01, KVM_CREATE_VCPU 0xAE41 (linux/kvm.h),
// KVM_CHECK_EXTENSION 0xAE03, KVM_CREATE_DEVICE 0xC00CAEE0 with KVM_CREATE_DEVICE_TEST 1, which creates none,
// getxattr 191 on x86_64 and 8 on the generic table.
// On aarch64 a machine is created as Cloud Hypervisor does, with all the address bits that the host has
// (KVM_CAP_ARM_VM_IPA_SIZE 165): one with the 40 bits of type 0 is refused where there are fewer. KVM offers
// the interrupt controllers KVM_DEV_TYPE_ARM_VGIC_V2 5 and KVM_DEV_TYPE_ARM_VGIC_V3 7; with the latter always an ITS.
// O_RDWR 2 (asm-generic/fcntl.h): loading Fcntl for it takes half as long as starting perl.
// RTM_GETLINK 18 by IFLA_IFNAME 3; the answer RTM_NEWLINK 16 has IFLA_CARRIER 33 also for a link that is
// down, which neither sysfs nor ip show (linux/rtnetlink.h, linux/if_link.h).
const perl = `
use strict; $| = 1;
my $getxattr = shift;
while (my $line = <STDIN>) {
  my ($what, $hex, $more) = split ' ', $line;
  my @out;
  if ($what eq 'kvm') {
    if (sysopen(my $f, '/dev/kvm', 2)) {
      push @out, 'open=0';
      my $api = ioctl($f, 0xAE00, 0);
      push @out, 'api=' . (defined $api ? $api + 0 : -1);
      my $arm = ($hex // '') eq 'aarch64';
      my $bits = $arm ? ioctl($f, 0xAE03, 165) : 0;
      my $vm = ioctl($f, 0xAE01, ($bits // 0) + 0);
      push @out, 'vm=' . (defined $vm ? 0 : $! + 0);
      if (defined $vm) {
        open(my $v, '+<&=', $vm + 0);
        my $cpu = ioctl($v, 0xAE41, 0);
        push @out, 'vcpu=' . (defined $cpu ? 0 : $! + 0);
        open(my $c, '+<&=', $cpu + 0) if defined $cpu;
        for my $gic ($arm ? ([v2 => 5], [v3 => 7]) : ()) {
          my $device = pack('L3', $gic->[1], 0, 1);
          push @out, $gic->[0] . '=' . (defined ioctl($v, 0xC00CAEE0, $device) ? 0 : $! + 0);
        }
      }
    } else { push @out, 'open=' . ($! + 0); }
  } elsif ($what eq 'tun') {
    if (sysopen(my $f, '/dev/net/tun', 2)) {
      push @out, 'open=0';
    } else { push @out, 'open=' . ($! + 0); }
  } elsif ($what eq 'xattr') {
    my $path = pack('H*', $hex) . "\\0"; my $name = "security.capability\\0"; my $value = "\\0" x 64;
    my $n = syscall($getxattr + 0, $path, $name, $value, 64);
    push @out, $n < 0 ? 'error=' . ($! + 0) : 'error=0 value=' . unpack('H*', substr($value, 0, $n));
  } elsif ($what eq 'crypt') {
    push @out, 'hash=' . (crypt(pack('H*', $more // ''), '$6$' . $hex . '$') // '');
  } elsif ($what eq 'carrier') {
    my $name = pack('H*', $hex) . "\\0";
    my $ask = pack('C x S l L L S S a*', 0, 0, 0, 0, 0, 4 + length $name, 3, $name);
    my $header = pack('L S S L L', 16 + length $ask, 18, 1, 1, 0);
    my $answer = '';
    if (socket(my $s, 16, 3, 0)) {
      send($s, $header . $ask, 0, pack('S S L L', 16, 0, 0, 0)) && recv($s, $answer, 65536, 0);
    }
    my $type = length $answer < 20 ? 0 : unpack('x4 S', $answer);
    push @out, $type == 16 ? 'error=0' : 'error=' . ($type == 2 ? -unpack('x16 l', $answer) : $! + 0 || 5);
    for (my $at = 32; $type == 16 && $at + 4 <= length $answer;) {
      my ($size, $attribute) = unpack('S S', substr($answer, $at, 4));
      last if $size < 4;
      push @out, 'carrier=' . unpack('C', substr($answer, $at + 4, 1)) if $attribute == 33;
      $at += ($size + 3) & ~3;
    }
  }
  print join(' ', @out), "\\n";
}`

const python = `
import sys, os, fcntl, struct
def attempt(f):
    try: return (0, f())
    except OSError as e: return (e.errno, None)
for line in sys.stdin:
    word = line.split(); out = []
    if word[0] == 'kvm':
        e, f = attempt(lambda: os.open('/dev/kvm', os.O_RDWR)); out.append('open=%d' % e)
        if e == 0:
            e, api = attempt(lambda: fcntl.ioctl(f, 0xAE00, 0)); out.append('api=%d' % (api if e == 0 else -1))
            arm = word[1:] == ['aarch64']
            e, bits = attempt(lambda: fcntl.ioctl(f, 0xAE03, 165)) if arm else (0, 0)
            e, vm = attempt(lambda: fcntl.ioctl(f, 0xAE01, bits or 0)); out.append('vm=%d' % e)
            if e == 0:
                e, cpu = attempt(lambda: fcntl.ioctl(vm, 0xAE41, 0)); out.append('vcpu=%d' % e)
                if e == 0: os.close(cpu)
                for name, kind in (('v2', 5), ('v3', 7)) if arm else ():
                    e, _ = attempt(lambda: fcntl.ioctl(vm, 0xC00CAEE0, struct.pack('=III', kind, 0, 1))); out.append('%s=%d' % (name, e))
                os.close(vm)
            os.close(f)
    elif word[0] == 'tun':
        e, f = attempt(lambda: os.open('/dev/net/tun', os.O_RDWR)); out.append('open=%d' % e)
        if e == 0:
            os.close(f)
    elif word[0] == 'xattr':
        e, v = attempt(lambda: os.getxattr(bytes.fromhex(word[1]), 'security.capability')); out.append('error=%d' % e)
        if e == 0: out.append('value=' + v.hex())
    elif word[0] == 'crypt':
        import ctypes, ctypes.util
        try:
            crypt = ctypes.CDLL(ctypes.util.find_library('crypt') or 'libcrypt.so.1').crypt
            crypt.restype = ctypes.c_char_p
            out.append('hash=' + (crypt(bytes.fromhex(''.join(word[2:])), b'$6$' + word[1].encode() + b'$') or b'').decode())
        except (OSError, AttributeError): out.append('hash=')
    elif word[0] == 'carrier':
        import socket
        name = bytes.fromhex(word[1]) + b'\\0'
        ask = struct.pack('=BxHiIIHH', 0, 0, 0, 0, 0, 4 + len(name), 3) + name
        s = socket.socket(16, 3, 0); s.send(struct.pack('=IHHII', 16 + len(ask), 18, 1, 1, 0) + ask)
        answer = s.recv(65536); s.close()
        kind = struct.unpack_from('=H', answer, 4)[0]; at = 32
        out.append('error=%d' % (0 if kind == 16 else -struct.unpack_from('=i', answer, 16)[0]))
        while kind == 16 and at + 4 <= len(answer):
            size, attribute = struct.unpack_from('=HH', answer, at)
            if size < 4: break
            if attribute == 33: out.append('carrier=%d' % answer[at + 4])
            at += (size + 3) & ~3
    print(' '.join(out), flush=True)`

export type Answer = Readonly<Record<string, string>>

/** Parses one answer line. */
export const parseAnswer = (line: string): Answer =>
  Object.fromEntries(
    line
      .trim()
      .split(' ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )

export interface KernelHelper {
  /** @returns the answer, or null when neither perl nor python3 is there to ask */
  ask(request: string): Promise<Answer | null>
  close(): void
}

/**
 * @param which how to find a program
 * @param arch as `uname -m` writes it; the syscall number of getxattr depends on it
 */
const spawnHelper = (program: string, args: readonly string[]): ChildProcessWithoutNullStreams => {
  try {
    return startChild(() =>
      spawn(program, args, { stdio: 'pipe', env: childEnvironment(process.env), cwd: '/' }),
    )
  } catch (error) {
    throw new Undetermined(`${program} could not ask the kernel (${errnoOf(error)})`, { cause: error })
  }
}

export const createKernelHelper = (
  which: (name: string) => Promise<string | null>,
  arch: string,
): KernelHelper => {
  let started: Promise<ChildProcessWithoutNullStreams | null> | undefined
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = []
  let ended: Undetermined | undefined

  const start = async () => {
    const [perlPath, pythonPath] = await Promise.all([which('perl'), which('python3')])
    const program = perlPath ?? pythonPath
    if (program === null) return null
    // -I: no PYTHON* variables, neither the working directory nor the user's site-packages in the module path.
    const args = perlPath ? ['-e', perl, arch === 'x86_64' ? '191' : '8'] : ['-I', '-c', python]
    const child = spawnHelper(program, args)
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) waiting.shift()?.resolve(parseAnswer(line))
    })
    let stderr = ''
    child.stderr.on('data', (data) => {
      stderr += data
    })
    const giveUp = () => {
      ended ??= new Undetermined(
        `${program} could not ask the kernel (${stderr.trim().split('\n')[0] || 'it ended early'})`,
      )
      for (const { reject } of waiting.splice(0)) reject(ended)
    }
    child.on('error', giveUp).on('close', giveUp)
    child.stdin.on('error', giveUp)
    return child
  }

  return {
    ask: async (request) => {
      started ??= start()
      const child = await started
      if (!child) return null
      // No event is left that could end the wait for a helper that is gone.
      if (ended) throw ended
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.stdin.write(`${request}\n`)
      })
    },
    close: () => {
      // A device driver that never answers must not keep the doctor alive: not even SIGKILL may end its wait.
      void started
        ?.catch(() => null)
        .then((child) => {
          child?.kill('SIGKILL')
          child?.unref()
          for (const pipe of child?.stdio ?? []) pipe?.destroy()
        })
    },
  }
}
