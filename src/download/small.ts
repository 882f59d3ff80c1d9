/** Small files are read into memory: checksum files, signatures, what servers say about releases. */
import { attempts, pause, read, type Timeouts } from './body.ts'
import { failed, Transient } from './remote.ts'

/** A cap: checksum files and signatures are some kilobytes. */
const maxSmallBytes = 2 ** 20

/** Fetches a small file into memory. @throws DoctorError when it is too large or cannot be fetched */
export const fetchSmall = async (url: string, patience: Timeouts): Promise<Buffer> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const chunks: Buffer[] = []
      let size = 0
      let promised: number | null = null
      const onOpen = ({ total }: { total: number | null }) => {
        promised = total
      }
      for await (const chunk of read(url, null, patience, onOpen)) {
        size += chunk.length
        if (size > maxSmallBytes) throw failed(`${url} is too large: more than 1 MiB was sent.`)
        chunks.push(chunk)
      }
      if (promised !== null && promised !== size) throw new Transient('the connection ended early')
      return Buffer.concat(chunks)
    } catch (error) {
      if (!(error instanceof Transient)) throw error
      if (attempt === attempts)
        throw failed(`${url} could not be fetched in ${attempts} attempts: ${error.message}.`, error)
      await pause(attempt, error, patience)
    }
  }
}
