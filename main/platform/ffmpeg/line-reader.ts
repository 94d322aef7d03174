import { StringDecoder } from 'node:string_decoder'

/** Cuts chunks of text into whole lines; a last line without its end is not one yet. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''

  constructor(private readonly onLine: (line: string) => void) {}

  add(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.onLine(line.trimEnd())
  }
}
