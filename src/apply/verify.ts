/** Looks into files that earlier steps made, before they are used or get their names. */
import { type FileHandle, open } from 'node:fs/promises'
import type { VerifyStep } from '../contract/step.ts'
import { inspectImage } from '../formats/disk-image.ts'
import { describeKind, kindOf, magicLength } from '../formats/magic.ts'
import { parsePartitions } from '../formats/partitions.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { humanBytes } from '../util/units.ts'

const failed = (message: string) => new DoctorError(exit.fixFailed, message)

const part = async (file: FileHandle, at: number, length: number): Promise<Uint8Array> => {
  const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

const reading = async <T>(path: string, look: (file: FileHandle) => Promise<T>): Promise<T> => {
  const file = await open(path, 'r')
  try {
    return await look(file)
  } finally {
    await file.close()
  }
}

const header = (path: string) => reading(path, (file) => part(file, 0, magicLength))

const verifyImage = async (path: string, format: string, fits: number | null) => {
  const bytes = await header(path)
  const image = inspectImage(bytes)
  if (!image) throw failed(`${path} is ${describeKind(kindOf(bytes))}, not a disk image.`)
  if (image.refusal) throw failed(`${path} ${image.refusal}.`)
  if (image.format !== format) {
    throw failed(
      `${path} is ${image.format}, not ${format}; run \`chv-doctor fix\` again, which looks now that it is here.`,
    )
  }
  const size = format === 'raw' ? await reading(path, async (file) => (await file.stat()).size) : image.size
  if (fits !== null && size !== null && size > fits) {
    throw failed(
      `disk_size is ${humanBytes(fits)}, and the image has ${humanBytes(size)}: give at least that, or null. A disk never shrinks.`,
    )
  }
}

/** The second copy of a GPT stands at its end: it is there only when everything before it is. */
const verifyDisk = (path: string, least: number | null) =>
  reading(path, async (file) => {
    const { size } = await file.stat()
    const bytes = await part(file, 0, magicLength)
    const { table, size: end } = parsePartitions(bytes)
    const cut = `the converted disk is cut short: ${humanBytes(size)} of`
    if (least !== null && size < least) throw failed(`${cut} ${humanBytes(least)}; it was not kept.`)
    if (end !== null && size < end) throw failed(`${cut} ${humanBytes(end)}; it was not kept.`)
    if (table === 'gpt' && end !== null) {
      const copy = new TextDecoder('latin1').decode(await part(file, end - 512, 8))
      if (copy !== 'EFI PART')
        throw failed('the image is damaged: its partition table has no second copy at its end.')
    }
    if (table === 'none' && bytes.every((byte) => byte === 0))
      throw failed('the image is damaged or empty: its first sectors are all zero.')
  })

/** @throws DoctorError (exit 5) in one sentence */
export const verify = async ({ path, expect }: VerifyStep): Promise<void> => {
  if (expect.what === 'image') return verifyImage(path, expect.format, expect.fits)
  const least =
    expect.format === 'raw'
      ? await reading(expect.source, async (file) => (await file.stat()).size)
      : (inspectImage(await header(expect.source))?.size ?? null)
  return verifyDisk(path, least)
}
