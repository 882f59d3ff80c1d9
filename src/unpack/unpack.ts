/** A raw disk out of a qcow2 of which only a beginning is there yet. */
import { fdatasync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import type { Work } from './messages.ts'
import {
  type Extent,
  extentsIn,
  headerLength,
  type Layout,
  layoutOf,
  type Table,
  tablesIn,
} from './qcow2-layout.ts'

/** That an image is left to qemu-img, or that it is damaged, which is for qemu-img to say. */
export class NotForUs extends Error {}

/** qcow2 compresses with a window of 4 KiB (block/qcow2-threads.c of QEMU: inflateInit2(-12)). */
const windowBits = 12

/** Bytes that are read of the image at once. */
const readAtOnce = 2 ** 20

/** How often the bytes of an image may be read: what its tables and a few stray clusters take is far less. */
const maxReads = 4

/** The disk writes while the network delivers: what is left for the last sync is little. */
const syncEvery = 64 * 2 ** 20

/** A table whose extents are written one after another, as their bytes arrive. */
interface Open {
  readonly extents: readonly Extent[]
  next: number
}

/** Reads what has arrived, and writes what can be written of the disk. Memory: a buffer, and the tables' extents. */
export class Unpacker {
  readonly #image: number
  readonly #disk: number
  readonly #total: number
  readonly #room: number
  /** Bytes that may still be read: an image whose clusters overlap could be read for ever. */
  #readable: number
  #arrived = 0
  #layout: Layout | null = null
  #waiting: readonly Table[] | null = null
  #open: Open[] = []
  #buffer: Buffer = Buffer.alloc(0)
  /** Where in the image the buffer is from. */
  #bufferAt = 0
  #unsynced = 0
  #syncing = false

  constructor({ image, disk, total, room }: Work) {
    this.#image = image
    this.#disk = disk
    this.#total = total
    this.#room = room
    this.#readable = maxReads * total + readAtOnce
  }

  /**
   * Goes on as far as the image is there.
   * @param arrived bytes from its beginning
   * @throws NotForUs where another program has to look at it; a system error
   */
  advance(arrived: number): void {
    this.#arrived = arrived
    const layout = this.#layoutNow()
    if (!layout) return
    this.#openTables(layout)
    for (const open of this.#open) this.#writeReady(open, layout)
    this.#open = this.#open.filter(({ extents, next }) => next < extents.length)
  }

  /** @returns whether everything is written, once everything has arrived */
  finish(): boolean {
    this.advance(this.#total)
    const isWhole = this.#waiting?.length === 0 && this.#open.length === 0
    return isWhole && fstatSync(this.#image).size === this.#total
  }

  #layoutNow(): Layout | null {
    if (this.#layout || this.#arrived < headerLength) return this.#layout
    const layout = layoutOf(this.#read(0, headerLength), this.#total)
    if (!layout || layout.diskSize > this.#room) throw new NotForUs()
    ftruncateSync(this.#disk, layout.diskSize)
    this.#layout = layout
    return layout
  }

  #openTables(layout: Layout) {
    const { tablesAt, tables, clusterSize } = layout
    if (!this.#waiting) {
      const length = tables * 8
      if (this.#arrived < tablesAt + length) return
      this.#waiting = tablesIn(this.#read(tablesAt, length), layout, this.#total)
      if (!this.#waiting) throw new NotForUs()
    }
    const isHere = ({ at }: Table) => at + clusterSize <= this.#arrived
    const here = this.#waiting.filter(isHere)
    if (here.length === 0) return
    this.#waiting = this.#waiting.filter((table) => !isHere(table))
    for (const table of here) {
      const extents = extentsIn(this.#read(table.at, clusterSize), table, layout, this.#total)
      if (!extents) throw new NotForUs()
      this.#open.push({ extents, next: 0 })
    }
  }

  #writeReady(open: Open, layout: Layout) {
    for (; open.next < open.extents.length; open.next++) {
      const extent = open.extents[open.next] as Extent
      if (extent.from + extent.length > this.#arrived) return
      this.#write(extent, layout)
    }
  }

  #write({ from, length, to, compressed }: Extent, { clusterSize, diskSize }: Layout) {
    const stored = this.#buffered(from, length)
    const cluster = compressed ? inflate(stored, clusterSize) : stored
    // The last cluster of a disk may go beyond its end.
    const size = Math.min(clusterSize, diskSize - to)
    if (writeSync(this.#disk, cluster, 0, size, to) !== size) throw new NotForUs()
    this.#unsynced += size
    if (this.#unsynced >= syncEvery && !this.#syncing) this.#startSync()
  }

  #startSync() {
    this.#unsynced = 0
    this.#syncing = true
    // A failure is met again by the sync before the disk gets its name.
    fdatasync(this.#disk, () => {
      this.#syncing = false
    })
  }

  /** Bytes that have arrived, of a buffer that goes on where the last ones ended. */
  #buffered(from: number, length: number): Buffer {
    const end = this.#bufferAt + this.#buffer.length
    if (from < this.#bufferAt || from + length > end) {
      this.#buffer = this.#read(from, Math.min(Math.max(readAtOnce, length), this.#arrived - from))
      this.#bufferAt = from
    }
    const at = from - this.#bufferAt
    return this.#buffer.subarray(at, at + length)
  }

  #read(from: number, length: number): Buffer {
    this.#readable -= length
    if (this.#readable < 0) throw new NotForUs()
    const bytes = Buffer.allocUnsafe(length)
    if (readSync(this.#image, bytes, 0, length, from) !== length) throw new NotForUs()
    return bytes
  }
}

/** @throws NotForUs where it is not exactly one cluster */
const inflate = (stored: Buffer, clusterSize: number): Buffer => {
  try {
    const cluster = inflateRawSync(stored, {
      windowBits,
      chunkSize: clusterSize,
      maxOutputLength: clusterSize,
    })
    if (cluster.length === clusterSize) return cluster
  } catch {
    // What is wrong with it is the same to the caller.
  }
  throw new NotForUs()
}
