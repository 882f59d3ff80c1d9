/**
 * A file that exists until the next reboot, readable by all users, once rules for the guest of a TAP were made:
 * there is something to undo, and something that only root can look at.
 */
export const markerOf = (tap: string): string => `/run/chv-doctor/${tap}`

/** The same for its IPv6. */
export const marker6Of = (tap: string): string => `/run/chv-doctor/${tap}-ipv6`
