/** Words of confidential guests and of their attestation. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const confidentialTerms: Terms = [
  [
    /\bRCAR handshake failed\b|\bget nothing from KBS\b|\berror sending request for url \(\S{1,100}\/kbs\/v0\//,
    'In the RCAR handshake the guest asks the KBS for a challenge (/kbs/v0/auth) and answers with evidence (/kbs/v0/attest): where the request cannot be sent, the guest has no network, or does not reach the address that it was given (agent.aa_kbc_params=, initdata).',
  ],
  [
    /\bREPORT_DATA is different\b|\breport_?data\b.{0,40}\b(?:mismatch|different|does not match)\b/i,
    'report_data in the evidence binds it to this handshake (nonce and key of the guest): where it differs, client and verifier are of versions that compute it otherwise, or the evidence is an old one; take guest-components and Trustee of the same release.',
  ],
  [
    /\b(?:fetch|get|download)\w{0,4}\b.{0,20}\bVCEK\b.{0,80}\b(?:KDS|kdsintf|429|error)\b|\bkdsintf\.amd\.com\b/,
    'The certificate of the processor (VCEK) is fetched from the key server of AMD (KDS), which limits how often one address may ask (429): keep the certificate in a cache, or give the host the certificate chain beforehand.',
  ],
  [
    /\bIOMMU SNP feature not enabled\b|\bRMP table has not been reserved\b|\bSNP cannot be supported\b/,
    'The host does not start SEV-SNP: "SNP Memory (RMP Table) Coverage", SEV-SNP and the IOMMU must be on in the BIOS, the IOMMU in the kernel not off or in passthrough (no `iommu=pt`, `amd_iommu=off`).',
  ],
  [
    /\bSEV: failed to INIT,? error 0x[\da-f]{1,4}\b/,
    'The security processor did not start: 0x1 stands for an invalid state of the platform, 0x3 for an invalid configuration; usual are settings in the BIOS that do not fit together (SMEE, SEV, SNP) and old firmware (/lib/firmware/amd, BIOS); `sevctl ok` or `snphost ok` lists what is missing.',
  ],
  [
    /\bSEV(?:-ES|-SNP)? unusable \(ASIDs\b/,
    'The BIOS gives no ASIDs to that kind of guest: "SEV-ES ASID Space Limit" (minimum SEV ASID) in the BIOS divides them between SEV and SEV-ES with SNP.',
  ],
  [
    /\bNo TDX private KeyIDs? available\b|\bTDX not enabled by BIOS\b/,
    'The BIOS of the host has set aside no keys for TDX: switch on TME-MT (TME multi-tenant), TDX and SEAM loader there, and give "TME-MT/TDX key split" a value other than 0.',
  ],
  [
    /\bvirt\/tdx: module initialization failed \(-12\)/,
    'The TDX module needs memory for its tables (PAMT, about 1/256 of all memory) in large pieces: load kvm_intel early after the boot, while memory is not yet scattered.',
  ],
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
