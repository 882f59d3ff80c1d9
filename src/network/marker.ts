/**
 * Says until the next reboot, for everybody to see, that rules for the guest of a TAP were made: there
 * is something to take back, and there is something that only root could look at.
 */
export const markerOf = (tap: string): string => `/run/chv-doctor/${tap}`

/** The same for its IPv6. */
export const marker6Of = (tap: string): string => `/run/chv-doctor/${tap}-ipv6`
