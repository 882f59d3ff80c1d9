/** The package for Fedora and its like, by rpmbuild. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settle, writeTree } from './tree.mjs'

const spec = ({ version, description, licences, epoch }) => `Name: chv-doctor
Version: ${version}
Release: 1
Summary: Check and repair a host for Cloud Hypervisor guests
License: ${licences.join(' AND ')}
Group: System/Base
Packager: The chv-doctor developers

%description
${description.replaceAll(/(.{1,78})(?: |$)/g, '$1\n').trim()}
This package holds all that the program needs, Node.js included.

%prep
%build
%install
cp -a %{tree}/. %{buildroot}

%files
%attr(755, root, root) /usr/bin/chv-doctor
/usr/lib/systemd/system/chv-doctor@.service
/usr/lib/systemd/system/chv-doctor@.timer
/usr/share/bash-completion/completions/chv-doctor
/usr/share/fish/vendor_completions.d/chv-doctor.fish
/usr/share/zsh/site-functions/_chv-doctor
%doc /usr/share/man/man1/chv-doctor*.1.gz
%doc /usr/share/doc/chv-doctor
%license /usr/share/licenses/chv-doctor

%changelog
* ${new Date(epoch * 1000).toUTCString().replace(/^(...), (..) (...) (....).*/, '$1 $3 $2 $4')} The chv-doctor developers - ${version}-1
- Release ${version}; changelog.gz says what is new.
`

/** What makes the bytes depend on nothing but the files: https://reproducible-builds.org/docs/source-date-epoch/ */
const definitions = (place, root) => ({
  _topdir: join(place, 'rpmbuild'),
  tree: root,
  // The tree has its own compressed pages, and a program that must not be stripped again: it ends with its bundle.
  __os_install_post: '%{nil}',
  _build_id_links: 'none',
  debug_package: '%{nil}',
  _buildhost: 'localhost',
  use_source_date_epoch_as_buildtime: '1',
  clamp_mtime_to_source_date_epoch: '1',
  // Two thirds of a minute less than xz, for two tenths more bytes.
  _binary_payload: 'w9.zstdio',
})

/**
 * @param out the path of the package to be written
 * @param place an empty directory to work in
 */
export const makeRpm = (out, place, { version, arch, description, licences, epoch, ...content }) => {
  const root = join(place, 'tree')
  writeTree(root, { ...content, zshDirectory: 'usr/share/zsh/site-functions' })
  mkdirSync(join(root, 'usr/share/licenses/chv-doctor'), { recursive: true })
  copyFileSync('LICENSE', join(root, 'usr/share/licenses/chv-doctor/LICENSE'))
  settle(root, epoch)
  writeFileSync(join(place, 'chv-doctor.spec'), spec({ version, description, licences, epoch }))
  const defines = Object.entries(definitions(place, root)).flatMap(([key, value]) => [
    '--define',
    `${key} ${value}`,
  ])
  execFileSync('rpmbuild', ['-bb', '--target', arch, ...defines, join(place, 'chv-doctor.spec')], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
    stdio: 'pipe',
  })
  const built = join(place, 'rpmbuild/RPMS', arch)
  const [name] = readdirSync(built)
  copyFileSync(join(built, name), out)
}
