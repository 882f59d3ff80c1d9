/** What Nix and microvm.nix say when they evaluate and start a VM for Cloud Hypervisor. */
import type { Cause } from '../../cause.ts'

const page = 'https://microvm-nix.github.io/microvm.nix/'

export const nix: readonly Cause[] = [
  {
    id: 'nix-runner-unsupported',
    line: [
      /cloud-hypervisor supports only (?<what>shares) that are virtiofs/,
      /(?<what>USB passthrough) is not supported on cloud-hypervisor/,
      /Unsupported (?<what>interface type \w{1,20}) for Cloud-Hypervisor/,
      /cloud-hypervisor will not (?<what>change user)/,
    ],
    what: 'microvm.nix does not do this with Cloud Hypervisor: {what|see the message}. Nothing was built or started.',
    why: 'Its runner for Cloud Hypervisor takes shares only over virtiofs (no 9p), interfaces of type tap (and macvtap), PCI devices but no USB, and does not change the user. The message comes from the evaluation of the Nix expression.',
    hint: 'Set `proto = "virtiofs"` for each share, `type = "tap"` for the interface, drop the user, or use another hypervisor (`microvm.hypervisor = "qemu"`) for that VM.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nix-assertion',
    line: [/^Failed assertions:$/, /^- MicroVM (?<vm>\S{1,60}): (?<words>.{1,200})/],
    needs: ({ says }) => says(/microvm|cloud-hypervisor/i),
    what: 'The NixOS configuration contradicts a rule (assertion) of a module: {vm|} {words|the lines below name it}.',
    why: 'It is found at the evaluation: nothing was built, and no VM was started.',
    hint: 'Change the option that the message names; `nix eval` or `nixos-rebuild dry-build` tells whether it is gone.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nix-option-unknown',
    line: [/The option [`'‘](?<option>[\w.:"<>*-]{1,160})['’] does not exist\b/],
    what: 'NixOS knows no option {option|of that name}: nothing was built, and no VM was started.',
    why: 'No module that is imported defines it: it is misspelt, was renamed or removed in that release, or its module is not imported (for microvm.* and microvm.vms that is the one of microvm.nix).',
    hint: 'For microvm.* add `microvm.nixosModules.host` on the host or `microvm.nixosModules.microvm` in the guest to the modules of the flake; else look the option up (https://search.nixos.org/options, or `nixos-option`). "Definition values" names the file that sets it.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nix-option-type',
    line: [
      /A definition for option [`'‘](?<option>[^'’]{1,200})['’] is not of type [`'‘](?<type>.{1,160}?)['’]\.(?: |$)/,
    ],
    what: 'The NixOS option {option|} was given a value of another kind than it takes: {type|see the message}. Nothing was built.',
    why: 'A list, a text, a number or one of some words is expected there, and what stands in the file named below "Definition values" is something else (quotes, brackets, a path in place of a text).',
    hint: 'Correct the value in that file; the description of the option (https://search.nixos.org/options, for microvm.* the reference of microvm.nix) shows an example.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nix-feature-off',
    line: [/experimental Nix feature '(?<feature>[\w-]{1,40})' is disabled/],
    what: 'Nix refuses the command, because its feature {feature|} is switched off in its settings.',
    why: 'The new command line (nix build, nix run) and flakes count as experimental and are off by default.',
    hint: 'Add `experimental-features = nix-command flakes` to /etc/nix/nix.conf or ~/.config/nix/nix.conf (NixOS: nix.settings.experimental-features), or give `--extra-experimental-features "nix-command flakes"` once.',
    reference: 'https://nix.dev/manual/nix/latest/development/experimental-features',
    confidence: 'likely',
  },
  {
    id: 'nix-evaluation',
    line: [
      /^error: attribute '(?<name>[^']{1,80})' missing/,
      /^error: The option `(?<name>[^'`]{1,160})' (?:does not exist|is used but not defined)/,
      /^error: undefined variable '(?<name>[^']{1,80})'/,
      /^error: function '[^']{1,60}' called (?:with unexpected|without required) argument '(?<name>[^']{1,80})'/,
      /^error: .{0,40}flake .{0,120}does not provide attribute/,
    ],
    needs: ({ says }) => says(/nix/i),
    what: 'Nix could not evaluate or build the configuration: {said|see the message}. No VM was started.',
    why: 'An option or attribute is misspelt or belongs to another release of microvm.nix or nixpkgs, a module is not imported, or a package failed to build. Cloud Hypervisor has no part in it.',
    hint: 'Read the trace (`--show-trace`) or `nix log /nix/store/….drv` for the reason; see that the flake imports `microvm.nixosModules.microvm` (in a guest) or `.host`, and that the inputs follow one nixpkgs.',
    reference: page,
    confidence: 'possible',
  },
  {
    id: 'nix-microvm-dependency',
    line: [
      /Dependency failed for (?:MicroVM '?(?<vm>[\w.-]{1,60})|microvm@(?<vm2>[\w.-]{1,60})\.service)/,
      /microvm-(?<part>virtiofsd|tap-interfaces|macvtap-interfaces|pci-devices|set-booted)@(?<vm3>[\w.-]{1,60})\.service: Failed with result/,
    ],
    what: 'The VM {vm|}{vm2|}{vm3|} of microvm.nix was not started, because a unit that it needs ({part|see the lines above}) failed.',
    why: 'virtiofsd shares the directories (a source that is not there, rights, a socket that is left), tap-interfaces makes the TAP (busy, or managed by somebody else), pci-devices binds devices to vfio-pci. The VMM itself was not reached.',
    hint: '`journalctl -b -u "microvm*@NAME*"` shows the reason of that unit; mend it, then `systemctl restart microvm@NAME`.',
    reference: page,
    confidence: 'likely',
  },
]
