import { StringDecoder } from 'node:string_decoder'

const KEPT = 4096

/** Keeps the end of what a program says on stderr; a program that fails says why there. */
export class LastWords {
  readonly #decoder = new StringDecoder('utf8')
  #text = ''

  add(chunk: Buffer): void {
    this.#text = (this.#text + this.#decoder.write(chunk)).slice(-KEPT)
  }

  /** At most the last 4 KB. */
  get text(): string {
    return this.#text.trim()
  }

  /** The first line that says something, without ffmpeg's `[demuxer @ 0x…]` and without paths of this machine. */
  get firstLine(): string | null {
    const lines = this.#text.split('\n').map((line) => line.replace(/^(\[[^\]]*\] *)+/, '').trim())
    const line = lines.find((candidate) => candidate !== '' && !/^(Last message repeated|Fontconfig )/.test(candidate))
    return line?.replace(/file:.*[\\/]/, '') ?? null
  }
}
