/** A refusal by SELinux or AppArmor that the text shows: then the mode of the file is not what refused. */
import type { Evidence } from './evidence.ts'

const denial = /\bavc: {1,4}denied\b|\bapparmor="DENIED"/

/** What would not help there, and weakens the host. */
const changesAccess = /\b(?:chmod|chown|setfacl|usermod|setcap)\b|\bchv-doctor fix\b/

const refused = /(?:os error |code: |\bError\()(?:1|13)\b|[Pp]ermission denied|Operation not permitted/

/** @returns whether the text shows that a security module refused what a failure is about */
export const isRefusedByModule = ({ text, says }: Evidence): boolean => refused.test(text) && says(denial)

/** @returns the hint of a cause, or where a security module refused another, if it is about the access to a file */
export const hintUnderModule = (hint: string, evidence: Evidence): string =>
  changesAccess.test(hint) && isRefusedByModule(evidence)
    ? 'The text holds a refusal by a security module (SELinux: "avc: denied", AppArmor: "DENIED") beside it: another mode or owner of the file does not help, a rule or label of that module does.'
    : hint
