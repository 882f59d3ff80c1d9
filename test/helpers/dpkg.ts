/** The text of /var/lib/dpkg/status with one package in a given state. */
export const dpkgStatus = (name: string, status: string) =>
  `Package: base-files\nStatus: install ok installed\n\nPackage: ${name}\nStatus: ${status}\nVersion: 1\n\n`

export const dpkgFile = '/var/lib/dpkg/status'

/** For the programs of a fake host: no package manager is there. */
export const noManagers = { 'apt-get': null, dnf: null, zypper: null, pacman: null, apk: null }
