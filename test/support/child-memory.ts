import { readdirSync, readFileSync } from 'node:fs'

/** Watches how much memory this process and its children hold at most. Linux only. */
export class MemoryWatch {
  /** Megabytes of the largest child that was seen. */
  child = 0
  /** Megabytes of this process. */
  own = 0
  readonly #timer = setInterval(() => this.#look(), 10)

  constructor() {
    this.#look()
  }

  end(): this {
    clearInterval(this.#timer)
    return this
  }

  #look(): void {
    this.own = Math.max(this.own, residentMegabytes('self'))
    for (const thread of readdirSync('/proc/self/task')) {
      for (const child of read(`/proc/self/task/${thread}/children`).split(' ')) {
        if (child.trim() !== '') this.child = Math.max(this.child, residentMegabytes(child.trim()))
      }
    }
  }
}

function residentMegabytes(pid: string): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}
