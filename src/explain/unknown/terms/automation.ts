/** Words of tools that set machines up or run jobs on them: Terraform, Ansible, runners. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const automationTerms: Terms = [
  [
    /\blost communication with the server\b.{0,80}\brunner\b|\brunner\b.{0,80}\blost communication with the server\b/i,
    'GitHub heard nothing from the runner any more: its machine ended, was out of memory, CPU or disk, or lost its network in the middle of the job; the log lies in _diag of the runner, and the host tells whether its VM was killed.',
  ],
  [
    /\bA session for this runner already exists\b/,
    'Another process is connected as the same runner, or GitHub has not yet noticed that the earlier one ended: wait some minutes, and do not start two VMs from one image with the registration in it (use --ephemeral or a just-in-time configuration).',
  ],
  [
    /\bJob failed \(system failure\)|\bPreparation failed: |\bprepare environment: exit status\b/,
    'A system failure of GitLab Runner is one of its executor, not of the script of the job: the environment could not be prepared (a VM or container that did not start, a shell profile that prints or fails); the rest of that line is the reason.',
  ],
  [
    /\bProvider produced inconsistent (?:result after apply|final plan)\b/,
    'A provider of Terraform returned other values than it had planned: a defect or a limit of that provider (or the service behind it changes values), not of the configuration; the lines below name the attribute. The resource may exist nevertheless.',
  ],
  [
    /\bdoes not have a provider named\b|\bFailed to query available provider packages\b/,
    'Terraform takes a provider without a source to be hashicorp/NAME, and looks for it in the registry: give the right source in required_providers of every module; one that you built belongs into a local mirror or dev_overrides.',
  ],
  [
    /\btimeout while waiting for state to become\b/,
    'A provider of Terraform asked for the state of what it made until its time was over: "last state" is where it stands. Look at that object itself (its log, its console); it is left there, and the timeouts block gives more time.',
  ],
  [
    /\bIncompatible API version with plugin\b|\bFailed to instantiate provider\b/,
    'A provider of Terraform is a program of its own that speaks a version of the plug-in protocol: this one does not start, was built for another kind of processor, or is too old or too new for that Terraform; `terraform providers` and `terraform init -upgrade`.',
  ],
  [
    /\bMissing sudo password\b|\bIncorrect sudo password\b/,
    'Ansible uses sudo on that machine (become), which asks for a password: give it with `--ask-become-pass` (ansible_become_password), or allow that user NOPASSWD; cloud images do so for their default user.',
  ],
  [
    /\bTimeout \(\d{1,12}s\) waiting for privilege escalation prompt\b/,
    'Ansible waited for the prompt of sudo: the machine is slow, sudo looks up the name of its own host without DNS (put it into /etc/hosts), or it asks for a password that was not given.',
  ],
  [
    /\bHost Key checking is enabled and sshpass\b/,
    'Ansible logs in with a password by sshpass, which cannot answer the question about a host that is not known: add its key first (`ssh-keyscan`), log in with a key, or for VMs of a test set host_key_checking = False.',
  ],
  [
    /\bCould not find the requested service\b/,
    'The systemd module of Ansible found no unit of that name on that machine: the package that brings it is not installed, its name differs, or daemon_reload was not done after the file was written.',
  ],
  [
    /\byou probably need to set the interpreter\b/,
    'Ansible runs its modules with Python on the target: minimal images (Flatcar, Alpine, CoreOS) have none; install it by the raw module or cloud-init first, or set ansible_python_interpreter.',
  ],
]
