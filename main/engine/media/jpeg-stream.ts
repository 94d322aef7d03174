const START = Buffer.from([0xff, 0xd8])
const END = Buffer.from([0xff, 0xd9])

/**
 * Cuts a stream of JPEGs, one right after the other, into whole pictures. Within the coded picture the two bytes of an end
 * marker cannot stand side by side; the headers that ffmpeg writes hold none either.
 */
export class JpegStream {
  #chunks: Buffer[] = []
  /** The last byte of the chunk before: a marker may be split. */
  #last = -1

  constructor(private readonly onPicture: (jpeg: Buffer) => void) {}

  readonly add = (chunk: Buffer): void => {
    let rest = chunk
    // The marker's second byte begins this chunk.
    if (this.#last === END[0] && rest[0] === END[1]) rest = this.#take(rest, 1)
    for (let end = rest.indexOf(END); end >= 0; end = rest.indexOf(END)) rest = this.#take(rest, end + END.length)
    if (rest.length > 0) this.#chunks.push(rest)
    this.#last = rest.at(-1) ?? -1
  }

  #take(rest: Buffer, length: number): Buffer {
    const picture = Buffer.concat([...this.#chunks, rest.subarray(0, length)])
    this.#chunks = []
    if (picture.subarray(0, START.length).equals(START)) this.onPicture(picture)
    return rest.subarray(length)
  }
}
