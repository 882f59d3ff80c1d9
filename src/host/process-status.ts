/**
 * @param status the text of /proc/PID/status, or null where there is none
 * @returns the value of a field that has one word, or undefined
 */
export const statusField = (status: string | null, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(\\S+)$`, 'm').exec(status ?? '')?.[1]
