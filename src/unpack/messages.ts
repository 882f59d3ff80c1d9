/** What passes between the thread that unpacks and the one that fetches. */

export interface Work {
  /** Descriptors of this process: the image, which grows, and an empty file. */
  readonly image: number
  readonly disk: number
  /** Bytes that the image will have. */
  readonly total: number
  /** Bytes that the disk may have. */
  readonly room: number
}

export interface Order {
  /** Bytes of the image that are there. */
  readonly arrived: number
}

export interface Outcome {
  /** Whether the disk is complete; otherwise qemu-img has to make it. */
  readonly whole: boolean
}
