import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

const title = 'disks and seeds of all kinds'
const data = '/root/.local/share/chv-doctor'

const home = 'export HOME=/root; cd /root; quiet() { "$@" >/root/log 2>&1; }'

/** An image of the host's own, whose content does not compress, and the real qemu-img at 16 MiB a second. */
const makeImage = `
image() { # NAME [OPTIONS]: a GPT disk of 64 MiB as qcow2, and its digest as raw
  truncate -s 64M /root/original
  openssl enc -aes-128-ctr -pass "pass:$1" -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c 40M | dd of=/root/original bs=1M seek=12 conv=notrunc status=none
  printf 'label: gpt\\nsize=8M, type=uefi\\nsize=50M, type=linux\\n' | sfdisk --quiet /root/original
  qemu-img convert \${2:-} -f raw -O qcow2 /root/original "/root/$1"
  sha256sum < /root/original
}
slow() {
  printf '#!/bin/sh\\n[ "$1" = convert ] && shift && exec /usr/bin/qemu-img convert -r 16M "$@"\\nexec /usr/bin/qemu-img "$@"\\n' > /usr/local/bin/qemu-img
  chmod +x /usr/local/bin/qemu-img
}
until_written() { for _ in $(seq 400); do [ -s "$1" ] && return; sleep 0.05; done; echo "nothing was written to $1"; exit 1; }
from() { echo --set "image_url=file:///root/$1" --set "image_sha256=$(sha256sum < "/root/$1" | cut -d' ' -f1)"; }
listing() { find ${data} -type f -printf '%P\\n' | sort; }
`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  // One that is not made while the image arrives.
  it('a conversion that is cut off leaves no disk, and the next run makes it whole', async () => {
    const { output } = await onDisposableHost(`${prelude()}${makeImage}
prepare() { :; }
run() {
  ${home}; say original; image a.img '-c -o compression_type=zstd'; slow
  say interrupted; $D fix --yes fetch-image $(from a.img) >/root/log 2>&1 & P=$!
  until_written ${data}/.resolute.raw.converting; kill -INT $P; code wait $P; tail -n 1 /root/log; listing
  say killed; $D fix --yes fetch-image $(from a.img) >/dev/null 2>&1 & P=$!
  until_written ${data}/.resolute.raw.converting; kill -9 $P; code wait $P; listing
  say resumed; code quiet $D fix --yes fetch-image $(from a.img); listing; sha256sum < ${data}/resolute.raw
  rm /usr/local/bin/qemu-img
  say again; $D fix --yes fetch-image $(from a.img)
}`)
    const [original = ''] = section(output, 'original').trim().split('\n').slice(-1)
    const interrupted = section(output, 'interrupted')
    expect(interrupted).toContain(
      'exit code 130\nInterrupted: no incomplete file has its final name.\ndownloads/a.img',
    )
    expect(interrupted).not.toContain('raw')
    expect(section(output, 'killed')).toContain('exit code 137')
    expect(section(output, 'killed')).not.toMatch(/^resolute\.raw/m)
    expect(section(output, 'resumed')).toContain(
      `downloads/a.img\nresolute.raw\nresolute.raw.origin.json\n${original}`,
    )
    expect(section(output, 'again')).toContain('Nothing to repair.')
  })

  it('grows a disk, keeps one that was made from something else, and refuses an image that reaches out', async () => {
    const { output } = await onDisposableHost(`${prelude()}${makeImage}
prepare() { :; }
run() {
  ${home}; image a.img >/dev/null
  say grown; code quiet $D fix --yes fetch-image $(from a.img) --set disk_size=1G --set keep_download=false
  listing; stat -c '%s' ${data}/resolute.raw; [ $(du -m ${data}/resolute.raw | cut -f1) -lt 100 ] && echo sparse
  say more; $D check -v --only disk-image $(from a.img) --set disk_size=2G
  code quiet $D fix --yes disk-image $(from a.img) --set disk_size=2G; stat -c '%s' ${data}/resolute.raw
  image b.img >/dev/null; printf guest | dd of=${data}/resolute.raw bs=1M seek=50 conv=notrunc status=none
  say other; $D check -v --only disk-image $(from b.img); $D fix $(from b.img) --dry-run disk-image | grep -A2 'convert the image'
  say unasked; $D fix --yes $(from b.img) 2>&1 | grep -c 'convert' || true
  say replaced; code quiet $D fix --yes disk-image $(from b.img); listing; stat -c '%s' ${data}/resolute.raw.old-1
  rm ${data}/resolute.raw*; echo secret > /root/secret; qemu-img create -q -f qcow2 -F raw -b /root/secret /root/c.img 1M
  mkdir /mnt/small; mount -t tmpfs -o mode=755,size=20m small /mnt/small
  say full; code $D fix --yes fetch-image $(from b.img) --set disk=/mnt/small/d.raw 2>&1; find /mnt/small -type f
  say backing; code $D fix --yes fetch-image $(from c.img) 2>&1; listing
}`)
    const grown = section(output, 'grown')
    expect(grown).toContain('exit code 0\nresolute.raw\nresolute.raw.origin.json\n1073741824\nsparse')
    const more = section(output, 'more')
    expect(more).toMatch(/warn +disk-image +a disk of 1\.0 GiB/)
    expect(more).toContain('exit code 0\n2147483648')
    expect(section(output, 'other')).toMatch(
      /warn +disk-image +made from another address or digest[\s\S]*; this one was\s+written\s+to\s+since/,
    )
    expect(section(output, 'other')).toMatch(/written to since it was\s+made,\s+stays/)
    // A warning is not acted upon unless it is named.
    expect(section(output, 'unasked').trim()).toBe('0')
    expect(section(output, 'replaced')).toContain('resolute.raw.old-1')
    expect(section(output, 'replaced')).toContain('2147483648')
    expect(section(output, 'full')).toMatch(/failed fetch-image: qemu-img .*No space left on device/)
    // What filled the disk is gone again.
    expect(section(output, 'full')).not.toMatch(/^\/mnt\/small/m)
    expect(section(output, 'backing')).toMatch(/names a backing file/)
    expect(section(output, 'backing')).not.toMatch(/^resolute\.raw/m)
  })

  it("packs a user's own directory, and tells when it changes", async () => {
    const { output } = await onDisposableHost(`${prelude()}
prepare() { :; }
run() {
  ${home}; mkdir seed
  printf '#cloud-config\\nusers:\\n  - name: sky\\n' > seed/user-data
  printf 'instance-id: cloud\\nlocal-hostname: cloud\\n' > seed/meta-data
  cat > seed/network-config <<'N'
version: 2
ethernets:
  nic:
    match: { macaddress: "12:34:56:78:90:ab" }
    addresses: [192.168.249.2/24]
    routes: [{ to: default, via: 192.168.249.1 }]
    nameservers: { addresses: [9.9.9.9] }
N
  look() { code $D check -v --only cloud-init --set seed_dir=/root/seed; }
  pack() { code quiet $D fix --yes cloud-init --set seed_dir=/root/seed; }
  say missing; look
  say packed; pack; look; mdir -b -i ${data}/cloud-init.img ::
  say changed; echo 'packages: [git]' >> seed/user-data; look
  say stale; pack; look
  say renewed; printf 'instance-id: cloud-2\\n' > seed/meta-data; pack; look
  say broken; printf 'users: []\\n' > seed/user-data; look; pack; grep -A2 seed_dir: /root/log
  say given-up; code $D check -v --only cloud-init
  say generated; code quiet $D fix --yes cloud-init; code $D check -v --only cloud-init
  say later; code $D check -v --only cloud-init --set guest_password=new
}`)
    expect(section(output, 'missing')).toMatch(/FAIL +cloud-init +missing/)
    expect(section(output, 'packed')).toMatch(/exit code 0\n[\s\S]*exit code 0\n::\/user-data\n/)
    expect(section(output, 'changed')).toMatch(/FAIL +cloud-init +the files in seed_dir differ from those in/)
    expect(section(output, 'stale')).toMatch(/warn +cloud-init +the instance-id cloud was used for other/)
    expect(section(output, 'renewed')).not.toMatch(/ warn | FAIL /)
    expect(section(output, 'broken')).toMatch(
      /seed_dir: ~\/seed\/user-data does not start with\s+#cloud-config; mend it/,
    )
    expect(section(output, 'given-up')).toMatch(/warn +cloud-init +made from settings that have/)
    expect(section(output, 'generated')).not.toMatch(/ warn | FAIL /)
    expect(section(output, 'later')).toMatch(/warn +cloud-init +made from settings that have/)
  })
})
