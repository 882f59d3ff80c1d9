/** What the ssh client says where network and server work, and something else is in the way. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')

export const ssh: readonly Cause[] = [
  {
    id: 'ssh-key-file-open',
    line: [/UNPROTECTED PRIVATE KEY FILE|Permissions 0\d{3} for '(?<file>[^']{1,200})' are too open/],
    what: 'ssh does not use the private key {file|}, because others may read the file.',
    why: 'Its mode is too open; ssh then goes on without the key, and the guest refuses the login ("Permission denied (publickey)").',
    hint: '`chmod 600 FILE` of the private key, then try again.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'sshd-no-host-keys',
    layer: 'guest',
    line: [/\bsshd: no hostkeys available -- exiting/],
    what: 'The ssh server of the guest does not start: it has no host keys.',
    why: 'Cloud images come without; cloud-init makes them at the first boot. It did not get that far: no seed was found (a disk with the label cidata), it is switched off, or it failed before.',
    hint: 'Give a seed as the second disk (`chv-doctor check cloud-init` judges it) and see `cloud-init status --long` in the guest, or make the keys there: `sudo ssh-keygen -A`, then start ssh.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html#ssh',
    confidence: 'likely',
  },
  {
    id: 'ssh-too-many-keys',
    line: [/Too many authentication failures/],
    needs: ({ says }) => !says(/sshd\[\d+\]|\[preauth\]/),
    what: 'ssh offered so many keys that the server of the guest ended the connection before the right one came.',
    why: 'An agent with many keys offers all of them; servers permit six tries.',
    hint: '`ssh -o IdentitiesOnly=yes -i KEY USER@ADDRESS`.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'ssh-old-algorithms',
    line: [
      /no matching (?<kind>host key type|key exchange method|cipher|MAC) found\. Their offer: (?<offer>\S{1,160})/,
    ],
    needs: ({ says }) => !says(/sshd\[\d+\]|\[preauth\]/),
    what: 'Client and server of ssh have no {kind|method} in common (the guest offers {offer|old ones}).',
    why: 'The server in the guest is much older (or newer) than the client, which does not use such methods any more. The network works.',
    hint: 'For this guest only: `ssh -o HostKeyAlgorithms=+ssh-rsa -o PubkeyAcceptedAlgorithms=+ssh-rsa …` (for a key exchange `-o KexAlgorithms=+METHOD`); better a newer image.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'ssh-password-expired',
    line: [/Your password has expired|You are required to change your password immediately/],
    what: 'The login works: the guest wants a new password first, because the one of the seed counts as expired.',
    why: 'cloud-init marks passwords of chpasswd: as expired unless `expire: false` stands there.',
    hint: 'Enter a new one at the console, or write `expire: false` under chpasswd: into user-data and give a new instance-id.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html#set-passwords',
    confidence: 'likely',
  },
  {
    id: 'ssh-host-key-unverified',
    line: [
      /^Host key verification failed\.?$/,
      /No \S{1,20} host key is known for \S{1,80} and you have requested strict checking/,
      /Offending \w{1,10} key in (?<file>\S{1,120})/,
    ],
    severity: 'note',
    needs: ({ says }) => !says(/REMOTE HOST IDENTIFICATION|fatal: Could not read from remote/),
    what: 'ssh does not connect, because it knows another key for this address, or none (and may not ask).',
    why: 'A VM that is made anew has new host keys, and another guest had the address before.',
    hint: 'Forget the old one: `ssh-keygen -R ADDRESS`; for throw-away guests `-o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=accept-new`.',
    reference: readme,
    confidence: 'likely',
  },
]
