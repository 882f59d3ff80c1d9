/** Where the partitions of a raw disk begin. */

const sector = 512

/** @param bytes the first 34 sectors of the disk @returns byte offsets; 0 alone for a disk without a table */
export const partitionStarts = (bytes: Uint8Array): readonly number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 2 * sector || view.getUint16(510, true) !== 0xaa55) return [0]
  const starts: number[] = []
  if (Buffer.from(bytes.subarray(sector, sector + 8)).toString('latin1') === 'EFI PART') {
    // UEFI 5.3: entries at LBA [72], their number [80], the size of one [84]; the first LBA at 32.
    const table = Number(view.getBigUint64(sector + 72, true)) * sector
    const size = view.getUint32(sector + 84, true)
    for (let index = 0; size >= 128 && index < view.getUint32(sector + 80, true); index++) {
      const at = table + index * size
      if (at + 40 > bytes.length) break
      const start = Number(view.getBigUint64(at + 32, true))
      if (start > 0) starts.push(start * sector)
    }
    return starts
  }
  for (let at = 446; at < 510; at += 16) {
    if (view.getUint8(at + 4) !== 0) starts.push(view.getUint32(at + 8, true) * sector)
  }
  return starts.length > 0 ? starts : [0]
}
