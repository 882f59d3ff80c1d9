/** Small images by hand: no tool has to be there, and their parts have any size that a test wants. */

const block = 2048

const both16 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16LE(value, 0)
  bytes.writeUInt16BE(value, 2)
  return bytes
}
const both32 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(value, 0)
  bytes.writeUInt32BE(value, 4)
  return bytes
}

const record = (name: string, at: number, size: number, directory: boolean): Buffer => {
  const bytes = Buffer.alloc(33 + name.length + ((name.length + 1) % 2))
  bytes[0] = bytes.length
  both32(at).copy(bytes, 2)
  both32(size).copy(bytes, 10)
  bytes[25] = directory ? 2 : 0
  both16(1).copy(bytes, 28)
  bytes[32] = name.length
  bytes.write(name, 33, 'latin1')
  return bytes
}

/** An ISO 9660 image whose root directory has these files, all with the same content. ECMA-119, section 8.4. */
export const isoWith = (names: readonly string[], content = 'instance-id: x\n'): Buffer => {
  const records: Buffer[] = []
  let used = 0
  for (const name of names) {
    const one = record(name, 18, content.length, false)
    // A record never crosses a block.
    const room = block - (used % block)
    if (one.length > room) {
      records.push(Buffer.alloc(room))
      used += room
    }
    records.push(one)
    used += one.length
  }
  const size = Math.ceil(used / block) * block
  const directory = Buffer.alloc(size)
  Buffer.concat(records).copy(directory)
  const descriptor = Buffer.alloc(block)
  descriptor[0] = 1
  descriptor.write('CD001', 1, 'latin1')
  descriptor[6] = 1
  descriptor.write('cidata'.padEnd(32), 40, 'latin1')
  record('\0', 19, size, true).copy(descriptor, 156)
  const end = Buffer.alloc(block)
  end[0] = 255
  end.write('CD001', 1, 'latin1')
  const file = Buffer.alloc(block)
  file.write(content, 0, 'latin1')
  return Buffer.concat([Buffer.alloc(16 * block), descriptor, end, file, directory])
}

/** A FAT12 image whose root directory has these files, each of one cluster. FAT specification 1.03. */
export const fatWith = (names: readonly string[], content = 'instance-id: x\n', label = 'CIDATA'): Buffer => {
  const entries = Math.ceil((names.length + 1) / 16) * 16
  const clusters = Math.min(names.length + 8, 4000)
  const tableSectors = Math.ceil((clusters * 1.5) / 512) + 1
  const sectors = 1 + tableSectors + (entries * 32) / 512 + clusters
  const image = Buffer.alloc(sectors * 512)
  image.writeUInt16LE(512, 11)
  image[13] = 1
  image.writeUInt16LE(1, 14)
  image[16] = 1
  image.writeUInt16LE(Math.min(entries, 0xffff), 17)
  image.writeUInt16LE(Math.min(sectors, 0xffff), 19)
  image[21] = 0xf8
  image.writeUInt16LE(tableSectors, 22)
  image.write(label.padEnd(11), 43, 'latin1')
  image.writeUInt16LE(0xaa55, 510)
  image.fill(0xff, 512, 512 + 3)
  const root = 512 * (1 + tableSectors)
  const entry = (index: number, name: string, attributes: number, cluster: number, size: number) => {
    const at = root + index * 32
    image.write(name.padEnd(11).slice(0, 11), at, 'latin1')
    image[at + 11] = attributes
    image.writeUInt16LE(cluster, at + 26)
    image.writeUInt32LE(size, at + 28)
  }
  entry(0, label, 8, 0, 0)
  for (const [index, name] of names.entries()) {
    const cluster = 2 + (index % (clusters - 4))
    entry(index + 1, name, 0x20, cluster, content.length)
    image.write(content, root + entries * 32 + (cluster - 2) * 512, 'latin1')
  }
  return image
}
