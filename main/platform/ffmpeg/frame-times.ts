import { LineReader } from './line-reader.ts'

/**
 * Reads the output of `-f framecrc`: one line a frame with its time stamp, in the time base named at the top. Raw
 * video carries no times, so a run sends its pictures through one pipe and this through another.
 */
export class FrameTimes {
  readonly #lines = new LineReader((line) => this.#read(line))
  #timeBase: readonly [over: number, under: number] = [0, 1]

  /** @param onTime called once a frame, in order, with its time and how long it lasts (0: unknown), in seconds. */
  constructor(private readonly onTime: (seconds: number, lasting: number) => void) {}

  /** Seconds in a tick, as a fraction; 0 before the first line. */
  get timeBase(): readonly [over: number, under: number] {
    return this.#timeBase
  }

  readonly add = (chunk: Buffer): void => this.#lines.add(chunk)

  #read(line: string): void {
    const timeBase = /^#tb 0: (\d+)\/(\d+)$/.exec(line)
    if (timeBase) this.#timeBase = [Number(timeBase[1]), Number(timeBase[2])]
    // "0,  dts,  pts,  duration, size, crc"
    const frame = /^0, *-?\d+, *(-?\d+), *(\d+),/.exec(line)
    const [over, under] = this.#timeBase
    if (frame) this.onTime((Number(frame[1]) * over) / under, (Number(frame[2]) * over) / under)
  }
}
