/** What `make` says where a guest kernel is built and something is not installed. */
import { type Cause, doc } from '../../cause.ts'

const building = doc('README.md#building-your-kernel')

export const kernelBuild: readonly Cause[] = [
  {
    id: 'build-libelf-missing',
    line: [
      /fatal error: (?:libelf|gelf)\.h: No such file/,
      /Cannot (?:generate|resolve).*please install libelf-dev/i,
    ],
    what: 'The kernel cannot be built: the header libelf.h is missing.',
    why: 'objtool, a helper of the build, needs the development files of libelf. Nothing else here does: to run a guest they are not needed.',
    hint: 'Install them: `sudo apt-get install libelf-dev`.',
    check: 'libelf-dev',
    fix: { id: 'install-packages', args: { packages: ['libelf-dev'] } },
    reference: building,
  },
  {
    id: 'build-tool-missing',
    line: [
      /(?:^|: )(?:line \d+: )?(?<tool>flex|bison|bc|gcc|ld|make|cc): (?:command )?not found$/,
      /make(?:\[\d+\])?: (?<tool>flex|bison|bc|gcc|cc): No such file or directory/,
    ],
    what: 'The kernel cannot be built: {tool|a tool} is missing.',
    why: 'The build needs a compiler, flex, bison and bc.',
    hint: 'Install them: `sudo apt-get install build-essential flex bison bc libelf-dev libssl-dev`.',
    check: 'kernel-build-tools',
    reference: building,
  },
  {
    id: 'build-openssl-missing',
    line: [/fatal error: openssl\/(?!engine|provider)\w+\.h: No such file/],
    what: 'The kernel cannot be built: the headers of OpenSSL are missing.',
    why: 'The build signs modules and certificates with it.',
    hint: 'Install them: `sudo apt-get install libssl-dev`.',
    check: 'kernel-build-tools',
    fix: { id: 'install-packages', args: { packages: ['libssl-dev'] } },
    reference: building,
  },
]
