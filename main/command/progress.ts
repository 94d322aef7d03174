import { printable } from '../base/printable.ts'

/** Shows how far several jobs are. */
export interface ProgressView {
  /** `fraction` of 1. */
  show(name: string, step: string, fraction: number, secondsLeft: number | null): void
  finish(name: string, outcome: string): void
  /** A line that belongs to no job. */
  note(text: string): void
}

const BAR_WIDTH = 24
/** Without a terminal, a line is printed every so many percent. */
const LINE_EVERY_PERCENT = 25

/** Bars on a terminal, plain lines elsewhere. */
export function progressOn(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? new Bars(stream) : new Lines(stream)
}

class Bars implements ProgressView {
  readonly #stream: NodeJS.WriteStream
  readonly #bars = new Map<string, string>()
  #drawn = 0

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  show(name: string, step: string, fraction: number, secondsLeft: number | null): void {
    const done = Math.round(fraction * BAR_WIDTH)
    const bar = '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done)
    const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
    const percent = String(Math.floor(fraction * 100)).padStart(3)
    this.#bars.set(name, `${bar} ${percent}% ${printable(name)}  ${printable(step)}${left}`)
    this.#draw()
  }

  finish(name: string, outcome: string): void {
    this.#bars.delete(name)
    this.#clear()
    this.#stream.write(`${printable(name)}  ${printable(outcome)}\n`)
    this.#draw()
  }

  note(text: string): void {
    this.#clear()
    this.#stream.write(`${printable(text)}\n`)
    this.#draw()
  }

  #draw(): void {
    this.#clear()
    const width = this.#stream.columns
    for (const bar of this.#bars.values()) this.#stream.write(`${bar.slice(0, width - 1)}\n`)
    this.#drawn = this.#bars.size
  }

  #clear(): void {
    if (this.#drawn > 0) this.#stream.write(`\x1b[${this.#drawn}A\x1b[0J`)
    this.#drawn = 0
  }
}

class Lines implements ProgressView {
  readonly #stream: NodeJS.WriteStream
  readonly #printed = new Map<string, string>()

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  show(name: string, step: string, fraction: number): void {
    const percent = Math.floor((fraction * 100) / LINE_EVERY_PERCENT) * LINE_EVERY_PERCENT
    const line = `${step} ${percent}%`
    if (this.#printed.get(name) === line) return
    this.#printed.set(name, line)
    this.#stream.write(`${printable(`${name}  ${line}`)}\n`)
  }

  finish(name: string, outcome: string): void {
    this.#stream.write(`${printable(name)}  ${printable(outcome)}\n`)
  }

  note(text: string): void {
    this.#stream.write(`${printable(text)}\n`)
  }
}
