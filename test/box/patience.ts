/** How long tests wait for a machine: a limit only ends what hangs, and an emulated machine shares a busy host. */

/** How many times as slow as a host with nothing else to do this one is; check_timeout takes no more than five times. */
const factor = Number(process.env.CHV_DOCTOR_TEST_PATIENCE || 1)
if (!(factor >= 1 && factor <= 5)) throw new Error('CHV_DOCTOR_TEST_PATIENCE is a number from 1 to 5')

/** Whether this host has other things to do. */
export const busy = factor > 1

/**
 * @param seconds what is ample on a host with nothing else to do
 * @returns seconds, whole, to wait on this one
 */
export const ample = (seconds: number): number => Math.ceil(seconds * factor)
