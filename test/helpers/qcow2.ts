/** Small qcow2 images by hand: no tool has to be there, and each of their parts can be made wrong. */
import { deflateRawSync } from 'node:zlib'

export const clusterSize = 65_536

export interface Parts {
  /** The disk, in clusters: null is not stored. */
  readonly clusters: readonly (Uint8Array | null)[]
  readonly compressed?: boolean
  readonly version?: 2 | 3
  /** Bytes of the disk, where its last cluster is not whole. */
  readonly diskSize?: number
}

/** In the order of `qemu-img convert -c`: header, refcounts, table of tables, table, clusters. */
export const qcow2With = ({ clusters, compressed = true, version = 3, diskSize }: Parts): Buffer => {
  const head = Buffer.alloc(5 * clusterSize)
  const table = 4 * clusterSize
  head.write('QFI\xfb', 0, 'latin1')
  head.writeUInt32BE(version, 4)
  head.writeUInt32BE(16, 20)
  head.writeBigUInt64BE(BigInt(diskSize ?? clusters.length * clusterSize), 24)
  head.writeUInt32BE(1, 36)
  head.writeBigUInt64BE(BigInt(3 * clusterSize), 40)
  head.writeBigUInt64BE(BigInt(clusterSize), 48)
  head.writeUInt32BE(1, 56)
  if (version === 3) {
    head.writeUInt32BE(4, 96)
    head.writeUInt32BE(112, 100)
  }
  head.writeBigUInt64BE((1n << 63n) | BigInt(table), 3 * clusterSize)
  const stored: Buffer[] = [head]
  let end = head.length
  for (const [index, cluster] of clusters.entries()) {
    if (!cluster) continue
    const bytes = compressed ? deflateRawSync(cluster, { windowBits: 12 }) : Buffer.from(cluster)
    const sectors = Math.floor(((end % 512) + bytes.length - 1) / 512)
    const entry = compressed
      ? (1n << 62n) | (BigInt(sectors) << 54n) | BigInt(end)
      : (1n << 63n) | BigInt(end)
    head.writeBigUInt64BE(entry, table + index * 8)
    stored.push(bytes)
    end += bytes.length
  }
  return Buffer.concat(stored)
}
