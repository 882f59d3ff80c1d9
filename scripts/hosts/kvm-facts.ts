/** What the check kvm sees on hosts with hardware for it. */

const silent = (open: string) => ({ open, api: null, vm: null, vcpu: null })
const working = { open: 'ok', api: 12, vm: 'ok', vcpu: 'ok' }
const node = (mode: number) => ({ type: 'character-device', gid: 36, mode })

/** The user is not in the group kvm that owns the device. */
const group = { exists: true, owns: true, listed: false, active: false }

export const intel = { cpu: { vmx: true, svm: false, virtual: false }, modules: ['kvm', 'kvm_intel'] }

/** A machine of a cloud or of Windows that passes virtualisation on. */
export const nestedAmd = { cpu: { vmx: false, svm: true, virtual: true }, modules: ['kvm', 'kvm_amd'] }
export const nestedIntel = { cpu: { vmx: true, svm: false, virtual: true }, modules: ['kvm', 'kvm_intel'] }

/** Everyone may open it, as systemd has it by default. */
export const open = { answer: working, node: node(0o666), mayReadAndWrite: true, group }

/** Only group kvm may open it, as Debian and Ubuntu have it. */
export const refused = { answer: silent('EACCES'), node: node(0o660), mayReadAndWrite: false, group }

export const absent = { answer: silent('ENOENT'), node: null, mayReadAndWrite: false }

/** A device of the host outside, whose owner has no name in this user namespace. */
export const foreign = {
  answer: silent('EACCES'),
  node: { type: 'character-device', gid: 65_534, mode: 0o660 },
  mayReadAndWrite: false,
}
