/** Files of a fake host by which it is a machine, or could be a container. */
export const machine = { '/proc/2/comm': 'kthreadd\n' }

/** None of the marks is there. */
export const containerMarks = {
  '/proc/2/comm': null,
  '/run/systemd/container': null,
  '/var/run/secrets/kubernetes.io': null,
  '/run/.containerenv': null,
  '/.dockerenv': null,
  '/dev/lxd': null,
  '/dev/incus': null,
}
