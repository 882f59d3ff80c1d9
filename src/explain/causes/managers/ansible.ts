/** What Ansible says of the guest that it sets up, and of itself. */
import type { Cause } from '../../cause.ts'

const interpreters = 'https://docs.ansible.com/ansible/latest/reference_appendices/interpreter_discovery.html'
const become = 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_privilege_escalation.html'

const reached =
  'Try the same by hand from the machine that runs Ansible (`ssh -v USER@ADDRESS`), and look at the console of the guest.'

export const ansible: readonly Cause[] = [
  {
    id: 'ansible-no-python',
    line: [
      /you probably need to set the interpreter/,
      /^\/bin\/sh: (?:line )?\d{1,3}: \/usr\/(?:local\/)?bin\/python3?(?:\.\d{1,2})?: (?:not found|No such file or directory)/,
    ],
    what: 'Ansible finds no Python on the target, which its modules need.',
    why: 'Minimal images (Alpine, Flatcar, CoreOS) have none, new ones only python3, or ansible_python_interpreter names a path that is not there.',
    hint: 'Install it first: `raw: apt-get install -y python3` with gather_facts: false, or packages: [python3] in the user-data; or set `ansible_python_interpreter: /usr/bin/python3`.',
    reference: interpreters,
    confidence: 'likely',
  },
  {
    id: 'ansible-sudo-password',
    line: [/(?:Missing|Incorrect) (?<tool>sudo|su|doas) password/],
    what: 'Ansible reached the guest, and {tool|sudo} there asks for a password that was not given (or is wrong).',
    why: 'become uses sudo; this user has no NOPASSWD rule.',
    hint: 'Give it with `--ask-become-pass` (-K) or ansible_become_password; or `sudo: "ALL=(ALL) NOPASSWD:ALL"` for that user in the user-data.',
    reference: become,
    confidence: 'likely',
  },
  {
    id: 'ansible-no-sshpass',
    line: [/you must install the sshpass program/],
    what: 'Ansible is to log in with a password and has no sshpass on the machine that it runs on.',
    why: 'ssh takes no password from a program; sshpass types it.',
    hint: 'Install sshpass where Ansible runs, or better log in with a key (ansible_ssh_private_key_file).',
    reference: 'https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ssh_connection.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-undefined',
    line: [
      /includes an option with an undefined variable.{0,80}'(?<name>[^']{1,60})' is undefined/,
      /AnsibleUndefinedVariable: '?(?<name>[\w.]{1,60})'? is undefined/,
    ],
    what: 'A task of Ansible uses the variable {name|} that nothing defines.',
    why: 'It is misspelt, defined for another host or group, or comes from a task (register, set_fact) or facts that were not gathered (gather_facts: false). The guest is not at fault.',
    hint: '`ansible-inventory --host NAME` shows the variables of a host; define it, or give a default: `| default(…)`.',
    reference: 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-package-unknown',
    line: [/No package matching '(?<package>[^']{1,80})' (?:is available|found available)/],
    what: 'The lists of packages of the target do not name {package|that package}.',
    why: 'Its lists are old or empty (new cloud images have none), the repository that has it is not set up yet, or the distribution calls it otherwise.',
    hint: 'Add `update_cache: true` to that task (or run apt-get update before), and set up the repository of the vendor first (docker-ce: that of Docker; docker.io is of the distribution).',
    reference: 'https://docs.ansible.com/ansible/latest/collections/ansible/builtin/apt_module.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-locale',
    line: [/could not initialize the preferred locale|Ansible requires the locale encoding to be UTF-8/],
    what: 'Ansible stops because the locale of the environment is not there or is not UTF-8.',
    why: 'LC_ALL or LANG names a language that this machine did not generate, or C/POSIX.',
    hint: '`export LC_ALL=C.UTF-8` where Ansible runs (or `locale-gen`).',
    reference: 'https://docs.ansible.com/ansible/latest/installation_guide/index.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-remote-directory',
    line: [/did not have permissions on the remote directory|Failed to create temporary directory/],
    needs: ({ says }) => says(/ansible|remote temp|remote directory/i),
    what: 'Ansible could not make its temporary directory (~/.ansible/tmp) on the target.',
    why: 'The user has no home or may not write to it, the disk is full or read-only, or the login was refused: Ansible says the same for all of them.',
    hint: 'Try `ssh USER@ADDRESS "mkdir -p ~/.ansible/tmp && df -h ~"`; `remote_tmp = /tmp/.ansible` in ansible.cfg; `-vvv` shows what ssh said.',
    reference: 'https://docs.ansible.com/ansible/latest/reference_appendices/config.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-become-unprivileged',
    line: [
      /Failed to set permissions on the temporary files Ansible needs to create when becoming an unprivileged user/,
    ],
    what: 'Ansible cannot hand its temporary files over to the other (unprivileged) user of become_user.',
    why: 'It needs setfacl for that, and the package acl is missing on the target, or the file system has no ACLs.',
    hint: 'Install `acl` on the target; or `pipelining = True` in ansible.cfg, which needs no files; or log in as that user or as root.',
    reference: become,
    confidence: 'likely',
  },
  {
    id: 'ansible-wait-timeout',
    line: [
      /Timeout when waiting for (?:search string .{1,80} in )?(?<where>[\w.:-]{1,80}:\d{1,5})/,
      /timed out waiting for ping module test/,
    ],
    what: 'Ansible waited in vain for the guest to answer {where|}.',
    why: 'The guest still boots (or restarts), has another address, no ssh server yet (cloud-init makes its keys first), or a firewall is between. With wait_for the port is opened from the machine that the task runs on.',
    hint: `${reached} Raise timeout:, and use \`delegate_to: localhost\` with wait_for of a machine that is not up.`,
    reference:
      'https://docs.ansible.com/ansible/latest/collections/ansible/builtin/wait_for_connection_module.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-no-hosts',
    severity: 'warning',
    line: [
      /Could not match supplied host pattern, ignoring: (?<pattern>\S{1,60})/,
      /provided hosts list is empty, only localhost is available/,
    ],
    what: 'Ansible does nothing: its inventory has no host {pattern|for that play}.',
    why: 'No inventory was given (-i), or the name of hosts: is no host or group of it; a dynamic one gave none (the VM is not up).',
    hint: '`ansible-inventory -i FILE --graph` lists what there is; call `ansible-playbook -i FILE …` (for one address `-i ADDRESS,`).',
    reference: 'https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-unreachable',
    line: [
      /Data could not be sent to remote host "?(?<host>[^"\s]{1,80})"?\. Make sure this host can be reached over ssh/,
    ],
    what: 'Ansible lost or did not get the ssh connection to {host|the target}.',
    why: 'The guest restarts or hangs, the key or user is refused, or another host key is known; what ssh said stands behind it.',
    hint: reached,
    reference: 'https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ssh_connection.html',
    confidence: 'likely',
  },
  {
    id: 'ansible-interpreter-note',
    severity: 'note',
    line: [/is using the discovered Python interpreter at (?<file>\S{1,80})/],
    what: 'Ansible says which Python it found on the target ({file|see the line}): no failure.',
    why: 'A later installation could change what it finds.',
    hint: 'Nothing need be done; `ansible_python_interpreter: auto_silent` or the path itself silences it.',
    reference: interpreters,
    confidence: 'likely',
  },
]
