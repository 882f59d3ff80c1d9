/**
 * Where the clusters of a qcow2 lie, as far as it can be read while it arrives: docs/interop/qcow2.txt of QEMU, all
 * numbers big endian. Whatever is not exactly what `qemu-img convert` writes is left to qemu-img: null, never a guess.
 */

export interface Layout {
  /** Bytes of a cluster. */
  readonly clusterSize: number
  /** Bytes of the disk in the image. */
  readonly diskSize: number
  /** Where the table of tables (L1) lies, and how many of its entries count. */
  readonly tablesAt: number
  readonly tables: number
  /** Version 2 knows no clusters that are marked as zeros. */
  readonly version: 2 | 3
}

/** One cluster of the disk that is stored in the image. */
export interface Extent {
  /** Its first byte in the image. */
  readonly from: number
  /** Bytes in the image: those of a compressed one are rounded up, and may go beyond the end of the file. */
  readonly length: number
  /** Its first byte in the disk. */
  readonly to: number
  readonly compressed: boolean
}

/** What has to be there to read a layout. */
export const headerLength = 112

/** A disk of 16 GiB with the usual clusters. A table of tables, and what waits for its bytes, stay small so. */
const maxClusters = 2 ** 18

/** Below it an image is mostly tables; 2 MiB is the most that qemu-img makes. */
const minClusterBits = 12
const maxClusterBits = 21

const entryBytes = 8

/** The offset in an entry: bits 9 to 55. */
const offsetBits = 0x00ff_ffff_ffff_fe00n
/** Bit 63: the cluster belongs to this entry alone. */
const copied = 1n << 63n
const compressedBit = 1n << 62n
const zeros = 1n

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** @returns a whole cluster within the file; null for any other place */
const clusterAt = (offset: bigint, clusterSize: number, total: number): number | null => {
  const at = Number(offset)
  return at > 0 && at % clusterSize === 0 && at + clusterSize <= total ? at : null
}

/**
 * @param header the first `headerLength` bytes
 * @param total bytes of the whole file
 * @returns null where qemu-img has to look: another format, or anything unusual
 */
export const layoutOf = (header: Uint8Array, total: number): Layout | null => {
  if (header.length < headerLength) return null
  const view = viewOf(header)
  const version = view.getUint32(4)
  if (view.getUint32(0) !== 0x514649fb || (version !== 2 && version !== 3)) return null
  const backing = view.getBigUint64(8)
  const clusterBits = view.getUint32(20)
  const encryption = view.getUint32(32)
  const snapshots = view.getUint32(60)
  if (backing !== 0n || encryption !== 0 || snapshots !== 0) return null
  if (clusterBits < minClusterBits || clusterBits > maxClusterBits) return null
  if (version === 3) {
    // Every incompatible feature: dirty, corrupt, an external file, another compression, subclusters.
    if (view.getBigUint64(72) !== 0n) return null
    // Of those that may be ignored, the second says that an external file is a raw disk.
    if ((view.getBigUint64(88) & 2n) !== 0n || view.getUint32(96) > 6 || view.getUint32(100) < 104)
      return null
  }
  const clusterSize = 2 ** clusterBits
  const diskSize = Number(view.getBigUint64(24))
  if (diskSize === 0 || diskSize > maxClusters * clusterSize || diskSize % 512 !== 0) return null
  const tables = Math.ceil(diskSize / clusterSize / (clusterSize / entryBytes))
  const tablesAt = clusterAt(view.getBigUint64(40), clusterSize, total)
  if (tablesAt === null || view.getUint32(36) < tables) return null
  if (clusterAt(view.getBigUint64(48), clusterSize, total) === null || view.getUint32(56) === 0) return null
  return tables * entryBytes > clusterSize ? null : { clusterSize, diskSize, tablesAt, tables, version }
}

/** A table of extents (L2): where it lies, and what it is the table of. */
export interface Table {
  readonly at: number
  /** The first byte of the disk that it tells of. */
  readonly to: number
}

/**
 * @param bytes `layout.tables` entries
 * @returns null where one is not as it should be
 */
export const tablesIn = (bytes: Uint8Array, layout: Layout, total: number): readonly Table[] | null => {
  const { clusterSize } = layout
  const view = viewOf(bytes)
  const found: Table[] = []
  const seen = new Set<number>()
  for (let index = 0; index < layout.tables; index++) {
    const entry = view.getBigUint64(index * entryBytes)
    if (entry === 0n) continue
    const at = clusterAt(entry & offsetBits, clusterSize, total)
    if ((entry & ~(offsetBits | copied)) !== 0n || at === null || seen.has(at)) return null
    seen.add(at)
    found.push({ at, to: index * (clusterSize / entryBytes) * clusterSize })
  }
  return found
}

/** @returns null where the entry is not as it should be, undefined where it stores nothing */
const extentOf = (entry: bigint, to: number, layout: Layout, total: number): Extent | null | undefined => {
  const { clusterSize } = layout
  if ((entry & compressedBit) === 0n) {
    const isZeros = (entry & zeros) !== 0n
    if ((entry & ~(offsetBits | copied | zeros)) !== 0n || (isZeros && layout.version === 2)) return null
    if (isZeros || entry === 0n) return undefined
    const from = clusterAt(entry & offsetBits, clusterSize, total)
    return from === null ? null : { from, length: clusterSize, to, compressed: false }
  }
  if ((entry & copied) !== 0n) return null
  const sectorBits = BigInt(Math.log2(clusterSize) - 8)
  const split = 62n - sectorBits
  const from = Number(entry & ((1n << split) - 1n))
  const sectors = Number((entry >> split) & ((1n << sectorBits) - 1n)) + 1
  const length = Math.min(sectors * 512 - (from % 512), total - from)
  return from >= clusterSize && length > 0 ? { from, length, to, compressed: true } : null
}

/**
 * @param bytes a whole cluster, the table
 * @returns what it stores, in the order of the image; null where an entry is not as it should be
 */
export const extentsIn = (
  bytes: Uint8Array,
  table: Table,
  layout: Layout,
  total: number,
): readonly Extent[] | null => {
  const view = viewOf(bytes)
  const found: Extent[] = []
  for (let index = 0; index < layout.clusterSize / entryBytes; index++) {
    const to = table.to + index * layout.clusterSize
    const extent = extentOf(view.getBigUint64(index * entryBytes), to, layout, total)
    if (extent === null || (extent && to >= layout.diskSize)) return null
    if (extent) found.push(extent)
  }
  return found.sort((a, b) => a.from - b.from)
}
