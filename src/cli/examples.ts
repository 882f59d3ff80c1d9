/** What people type most, and what it does: each help begins with it. */
import type { CommandName } from './commands.ts'

export type Example = readonly [command: string, about: string]

export const examples: Readonly<Record<CommandName, readonly Example[]>> = {
  '': [
    ['chv-doctor', 'check this host, then offer the repairs'],
    ['chv-doctor check -v', 'every check, with what was expected'],
    ['chv-doctor fix --dry-run', 'the repairs with all their commands, to read'],
    ['chv-doctor boot', 'start the guest on this terminal'],
    ['chv-doctor explain boot.log', 'what an error of Cloud Hypervisor means here'],
  ],
  check: [
    ['chv-doctor check', 'the answer on one screen'],
    ['chv-doctor check -v kvm tun', 'these checks, with all that they found'],
    ['chv-doctor check --strict --output junit=report.xml', 'in CI: also fail on warnings'],
    ['chv-doctor check -q', 'nothing when all is well: for cron'],
  ],
  fix: [
    ['chv-doctor fix', 'ask which of the repairs to make'],
    ['chv-doctor fix --dry-run', 'show all their commands, change nothing'],
    ['chv-doctor fix --yes qemu-utils', 'repair one finding without a question'],
    ['chv-doctor fix --script > repair.sh', 'the same as a bash script'],
  ],
  undo: [
    ['chv-doctor undo --dry-run', 'show what would be undone'],
    ['chv-doctor undo', 'undo it, after a question'],
  ],
  boot: [
    ['chv-doctor boot', 'start the guest on this terminal'],
    ['chv-doctor boot --print', 'print the command, to paste'],
    ['chv-doctor boot --verify', 'prove without a terminal that it comes up'],
    ['chv-doctor boot --unit', 'print a systemd unit for it'],
    ['chv-doctor boot -- --cpus boot=4', 'with flags of Cloud Hypervisor'],
  ],
  ssh: [
    ['chv-doctor ssh', 'a shell in the guest'],
    ['chv-doctor ssh -- df -h /', 'one command, with its exit code'],
    ['chv-doctor ssh --wait 60 -- cloud-init status', 'as soon as it can be reached'],
  ],
  stop: [
    ['chv-doctor stop', 'power the guest off, and wait until it is'],
    ['chv-doctor stop --force', 'cut its power where it does not react'],
  ],
  explain: [
    ['chv-doctor explain boot.log', 'what happened, why, and what to do here'],
    ['cloud-hypervisor … 2>&1 | chv-doctor explain -', 'the same of what it prints'],
    ['chv-doctor explain kvm', 'the page of a check'],
    ['chv-doctor explain network', 'the way of the guest into the internet'],
  ],
  report: [
    ['chv-doctor report', 'one file for a bug report, without names and keys'],
    ['chv-doctor report --merge --output html=hosts.html *.json', 'many hosts on one page'],
  ],
  list: [
    ['chv-doctor list', 'all checks and fixes'],
    ['chv-doctor list artifacts', 'what can be fetched, and how it is verified'],
  ],
  update: [
    ['chv-doctor update', 'is there a newer doctor or Cloud Hypervisor'],
    ['chv-doctor update --offline', 'what is here; no server is asked'],
  ],
  init: [
    ['chv-doctor init', 'every key with its default, commented out'],
    ['chv-doctor init --print > /etc/chv-doctor/chv-doctor.yaml', 'for all users'],
  ],
  completion: [
    ['eval "$(chv-doctor completion bash)"', 'in ~/.bashrc'],
    ['source <(chv-doctor completion zsh)', 'in ~/.zshrc, behind compinit'],
    ['chv-doctor completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  help: [['chv-doctor help check', 'the flags of check']],
  version: [['chv-doctor version', 'the same as --version']],
}
