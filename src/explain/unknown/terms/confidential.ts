/** Words of confidential guests and of their attestation. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const confidentialTerms: Terms = [
  [
    /\bHOB\b|\bPopulateHob\b|\btd-?shim\b/i,
    'The HOB describes the memory to the firmware of a TDX guest (td-shim, TDVF): it must fit into the place that this firmware sets aside, which many vCPUs or much memory can exceed.',
  ],
  [
    /\bInitMemRegionTdx\b|\bKVM_TDX_\w+|\bTDH_\w+|\bSEAM(?:CALL|LDR|RET)?\b|\bTDX module\b|\btdx(?:_init|: )/,
    'TDX keeps the memory of a guest (TD) from the host: it needs a processor and BIOS that have it switched on, a host kernel with the TDX module loaded (`dmesg | grep -i tdx`), and a build of Cloud Hypervisor with the feature tdx.',
  ],
  [
    /\b(?:QGS|qgsd|PCCS|DCAP|QuoteGeneration|tdx_?quote|TDREPORT|ECDSA quote)\b|\b(?:td|tdx|attestation)[- _]quote\b|\bquote (?:generation|verification)\b/i,
    'A quote proves to others what runs in a TDX guest: the guest asks the quoting service of the host for it (QGS, mostly over vsock), which needs a platform that is registered; the start of a VM needs nothing of all this.',
  ],
  [
    /\bSEV(?:-(?:ES|SNP))?\b|\bSNP (?:guest|firmware|launch|policy)|\bSNP_\w+|\bsev_snp\b|\bVCEK\b|\bsnp_\w+/,
    'SEV-SNP keeps the memory of a guest from the host: it needs an AMD EPYC with it switched on in BIOS and kernel (`dmesg | grep -i sev`), the firmware of its security processor, and a build of Cloud Hypervisor with the features sev_snp and igvm (on MSHV, or on KVM from v52 on).',
  ],
  [
    /\b(?:[Aa]ttestation(?! manifest)|KBS|kbs|[Tt]rustee|CDH|confidential[- ]data[- ]hub|attestation-agent|RVPS)\b/,
    'Attestation: the guest (attestation agent, CDH) sends evidence to a key broker (KBS, Trustee), which gives keys only where measurements and policy fit; address, certificate and policy of that service decide, the VM itself runs.',
  ],
  [
    /\binitdata\b|\bgenpolicy\b|\bagent[- ]policy\b|\bblocked by policy\b|Request is not allowed by policy\b|\bregorus\b|\.rego\b/i,
    'The policy of Kata\u2019s agent (genpolicy, initdata) says which requests of the host it carries out: what it does not list is refused, so that a pod that was changed, or one with other tools, needs a new policy.',
  ],
  [
    /\b(?:(?<!OP-)TEE|CVM|confidential (?:vm|guest|container)s?)\b/,
    'A confidential guest is started with measured firmware, encrypted memory and few devices: hot plug, snapshots, migration and shared directories mostly do not work with it.',
  ],
]
