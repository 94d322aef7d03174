import { LineReader } from './line-reader.ts'

/**
 * Reads the output of `-f framecrc`: one line a frame with its time stamp, in the time base named at the top. Raw
 * video carries no times, so a run sends its pictures through one pipe and this through another.
 */
export class FrameTimes {
  readonly #lines = new LineReader((line) => this.#read(line))
  #secondsPerTick = 0

  /** @param onTime called once a frame, in order, with its time and how long it lasts (0: unknown), in seconds. */
  constructor(private readonly onTime: (seconds: number, lasting: number) => void) {}

  readonly add = (chunk: Buffer): void => this.#lines.add(chunk)

  #read(line: string): void {
    const timeBase = /^#tb 0: (\d+)\/(\d+)$/.exec(line)
    if (timeBase) this.#secondsPerTick = Number(timeBase[1]) / Number(timeBase[2])
    // "0,  dts,  pts,  duration, size, crc"
    const frame = /^0, *-?\d+, *(-?\d+), *(\d+),/.exec(line)
    if (frame) this.onTime(Number(frame[1]) * this.#secondsPerTick, Number(frame[2]) * this.#secondsPerTick)
  }
}
