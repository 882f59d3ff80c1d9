/** What a guest may need of the host beyond KVM itself: an interrupt controller, protection of its memory. */
import { type Cause, doc, issue } from '../../cause.ts'

/** The evidence of a confidential guest is judged elsewhere, and after its start. */
const attests = /\bquotes?\b|attest|verif(?:y|ier|ication)|\bevidence\b|event ?log|\bFMSPC\b|\bPCK\b|\bTCB\b/i

export const platform: readonly Cause[] = [
  {
    id: 'gic-unsupported',
    patterns: [
      [
        /CreateGic\(|CreateVgic\(|Vgic error|Failed creating GIC device/,
        /(?:os error |code: |\bError\()(?:19|22|6|95|25)\b/,
      ],
      [/CreateInterruptController\(|Failed to create interrupt controller/, 19],
    ],
    what: 'KVM on this board cannot make the interrupt controller (GICv3 with ITS) that the guest needs.',
    why: 'Cloud Hypervisor on aarch64 emulates a GICv3 through KVM. A host with a GICv2 (Raspberry Pi 4 and 5 and similar boards), or KVM inside a virtual machine, has none to offer.',
    hint: 'Use a host with a GICv3 and ITS (`sudo dmesg | grep -i gic` names it); there is no option to do without.',
    check: 'kvm',
    confirmedBy: ['kvm/no-gicv3'],
    reference: issue(6524),
  },
  {
    id: 'tdx-not-built',
    patterns: [
      [/[Uu]nknown (?:options?|parameters?|keys?)\b.{0,40}\b(?<what>tdx|sev_snp)\b/],
      [/[Uu]nexpected argument '--(?<what>tdx|igvm)'/],
    ],
    what: 'This build of Cloud Hypervisor does not know the option {what|for confidential guests}: it was built without that feature.',
    why: 'Support for TDX, SEV-SNP and IGVM is chosen when the program is built; the binaries of the releases and most packages do not have it. The host was not asked.',
    hint: 'Build it: `cargo build --release --features tdx` (for SEV-SNP `--features sev_snp,igvm`, for MSHV with `mshv`); without the option an ordinary guest starts.',
    reference: doc('intel_tdx.md'),
    confidence: 'likely',
  },
  {
    id: 'tdx-refused',
    patterns: [
      [
        /(?:[Ee]rror|[Ff]ailed|[Cc]annot|[Uu]nable|[Nn]ot) .{0,80}\bTDX\b|\bTDX\b.{0,60}(?:fail|not |error|unsupported)|TdxCapabilities|InitializeTdx\w*\(|\bTdx[A-Z]\w+\(/,
      ],
    ],
    errnos: [5, 19, 22, 25, 38, 95],
    // A panic over the name of an option is no answer of the host; and a quote is verified when the guest runs.
    needs: ({ text }) => !/panicked at/.test(text) && !attests.test(text),
    what: 'The host did not start a TDX guest.',
    why: 'The kernel of the host does not answer the questions about TDX as this build asks them: TDX is off in the firmware or kernel (`kvm_intel tdx=1`), or the interface of the kernel is newer or older than this build.',
    hint: 'Drop `tdx=on` of --platform to start an ordinary guest; for TDX use a kernel and a build of the same age.',
    reference: doc('intel_tdx.md'),
    confidence: 'likely',
  },
  {
    id: 'sev-refused',
    patterns: [
      [/InitializeSevSnpVm\(|Error enabling SEV-SNP VM/],
      [
        /(?:Failed to|Error)[^›]{0,80}\bSEV[-_ ]?(?:SNP|ES)?\b|\bSNP_LAUNCH_\w+|\bSev(?:Snp|Launch|Init)\w*\(/,
      ],
    ],
    onlyOurs: true,
    what: 'The host did not start a SEV-SNP guest.',
    why: 'SEV-SNP is off in the firmware or kernel of the host, or this build is for another hypervisor.',
    hint: 'Drop the SEV options of --platform to start an ordinary guest.',
    reference: doc('README.md'),
    confidence: 'likely',
  },
  {
    id: 'sgx-unavailable',
    layer: 'memory',
    patterns: [
      ['Failed opening SGX provisioning device'],
      ['SgxProvisionOpen('],
      ['Failed opening SGX virtual EPC device'],
      ['SgxVirtEpcOpen('],
    ],
    errnos: [2, 6, 19],
    what: 'The host has no SGX to give to the guest.',
    why: '--sgx-epc needs an Intel processor with SGX and its driver; release 48 removed the option.',
    hint: 'Drop --sgx-epc.',
    reference: doc('release-notes.md'),
    confidence: 'likely',
  },
]
