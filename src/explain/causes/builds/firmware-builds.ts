/** What the build of EDK2 (CLOUDHV, OVMF) says: tools, submodules, tool chains, sizes. */
import { type Cause, doc } from '../../cause.ts'

const uefi = doc('uefi.md')
const edk2 = 'https://github.com/tianocore/tianocore.github.io/wiki/Using-EDK-II-with-Native-GCC'
const isEdk2 = /edk2|edksetup|CloudHv|OvmfPkg|BaseTools|GNUmakefile|MdePkg|CryptoPkg|GenFv|build\.py/i

export const firmwareBuilds: readonly Cause[] = [
  {
    id: 'edk2-uuid-missing',
    line: [/fatal error: uuid\/uuid\.h: No such file/],
    what: 'The header uuid/uuid.h is missing: the tools of EDK2 (GenFv, GenVtf) and others cannot be built.',
    why: 'It belongs to the development package of libuuid (util-linux).',
    hint: '`sudo apt-get install uuid-dev` (Fedora: libuuid-devel, Alpine: util-linux-dev), then for EDK2 `make -C BaseTools` again.',
    reference: edk2,
    confidence: 'likely',
  },
  {
    id: 'edk2-submodule-missing',
    line: [
      /fatal error: brotli\/\w{1,20}\.h: No such file/,
      /(?<module>brotli|openssl|mbedtls|libspdm|oniguruma|softfloat|mipisyst|pylibfdt|libfdt)\/\S{1,120} is not found in packages path/,
      /(?<module>Brotli|Openssl|MbedTls|Spdm|Oniguruma|Fdt)\w{0,40}\.inf\(\d+\): error 000E/,
      /No rule to make target '(?<file>brotli\/\S{1,80})', needed by/,
      /(?:OpensslLib|Library\/\w{2,30})\/(?<module>openssl|brotli|softfloat|libspdm|mbedtls|mipi\w{0,20}|oniguruma|jansson|subhook|googletest|cmocka)\b\S{0,120}.{0,40}(?:not found|No such file|does not exist)/,
      /error 000E: File\/directory not found in workspace\s+\S{0,160}\/(?<module>openssl|brotli|mbedtls|libspdm|oniguruma)\//,
    ],
    needs: ({ says }) => says(/edk2|brotli|CryptoPkg|BaseTools|MdeModulePkg|UnitTestFrameworkPkg/i),
    what: 'The sources of EDK2 are incomplete: a submodule ({module|brotli, openssl}) was not fetched.',
    why: 'git clone does not fetch submodules by itself, and archives of GitHub (.zip, .tar.gz) do not hold them.',
    hint: '`git submodule update --init --recursive` at the top of edk2, then `make -C BaseTools clean && make -C BaseTools` and the build again.',
    reference: edk2,
    confidence: 'likely',
  },
  {
    id: 'edk2-not-set-up',
    line: [
      /(?:^|: )build: (?:command )?not found/,
      /(?:^|: )(?:GenFw|GenFv|GenFfs|VfrCompile|Trim): (?:command )?not found/,
    ],
    needs: ({ says }) => says(isEdk2),
    what: 'The command `build` of EDK2 (or a tool of BaseTools) is not in the PATH of this shell.',
    why: 'edksetup.sh must be sourced (with a dot) in the very shell, and BaseTools must be built once.',
    hint: '`git submodule update --init`, `make -C BaseTools`, `. edksetup.sh`, then `build -a X64 -t GCC5 -p OvmfPkg/CloudHv/CloudHvX64.dsc -b RELEASE`.',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'edk2-tool-chain-unknown',
    line: [/\[(?<tag>\w{1,20})\] not defined\. No toolchain available for build/],
    what: 'EDK2 has no tool chain of the name {tag|that was given}.',
    why: 'The names (-t, TOOL_CHAIN_TAG in Conf/target.txt) change: GCC48 and GCC49 are gone, GCC5 is for gcc 5 and later, and newer releases call it GCC. Conf/tools_def.txt of an older checkout is not renewed by itself.',
    hint: '`-t GCC5` (or `-t GCC`); remove Conf/tools_def.txt, Conf/target.txt and Conf/build_rule.txt and source edksetup.sh again after a change of the release.',
    reference: edk2,
    confidence: 'likely',
  },
  {
    id: 'edk2-platform-not-found',
    line: [/(?<file>\S{1,120}\.(?:dsc|fdf|inf|dec)) is not found in packages path/],
    what: 'EDK2 does not find the file {file|}.',
    why: 'The path counts from the workspace (and PACKAGES_PATH): the build was started elsewhere, the release does not have that platform yet, or it is in another repository (edk2-platforms).',
    hint: '`ls OvmfPkg/CloudHv` at the top of edk2; `export WORKSPACE=$PWD` (and PACKAGES_PATH), `. edksetup.sh` there, then build.',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'edk2-volume-too-small',
    line: [
      /the required fv image size (?<need>0x[0-9a-f]{1,16}) exceeds the set fv image size (?<have>0x[0-9a-f]{1,16})/,
      /GenFv: ERROR 3000: Invalid/,
    ],
    what: 'The firmware does not fit into its volume: it needs {need|more}, and {have|less} is set.',
    why: 'A DEBUG build, further features (TLS, secure boot, TPM) or a newer compiler make it larger than the volume that the .fdf file sets.',
    hint: 'Build RELEASE (`-b RELEASE`), leave features out, or choose the larger layout where the platform has one (`-D FD_SIZE_4MB` for OVMF).',
    reference: edk2,
    confidence: 'likely',
  },
  {
    id: 'edk2-base-tools-failed',
    line: [/GNUmakefile:\d+: (?:Source\/C|Pccts|Makefiles|antlr|dlg)\] Error \d/],
    what: 'The tools of EDK2 (BaseTools) could not be built; the reason stands above this line.',
    why: 'Usual are a missing header (uuid-dev), a submodule that was not fetched (brotli), and warnings of a compiler that is newer than the release (-Werror).',
    hint: '`git submodule update --init`, `sudo apt-get install uuid-dev build-essential python3`, then `make -C BaseTools`; for a newer gcc a newer release of EDK2 (or `make -C BaseTools CC=gcc-12 CXX=g++-12`).',
    reference: edk2,
    confidence: 'possible',
  },
]
