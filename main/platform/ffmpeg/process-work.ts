import { readdirSync, readFileSync } from 'node:fs'

/** What a process has done since it began. */
export interface ProcessWork {
  /** Processor time of all its threads, milliseconds. */
  readonly cpuMs: number
  /** Bytes it has read, from files and pipes. */
  readonly readBytes: number
  /** Whether it has nothing to do: no thread wants a processor, and it is not stopped. */
  readonly isIdle: boolean
}

/** Linux counts a process's time in hundredths of a second, for whoever reads it. */
const MS_PER_TICK = 10
/** Where the fields of `stat` begin that follow the program's name, which may hold spaces and brackets. */
const STATE = 0
const USER_TICKS = 11
const SYSTEM_TICKS = 12

/** @returns null where the system does not say (not Linux), and for a process that has ended. */
export function workOf(pid: number): ProcessWork | null {
  if (process.platform !== 'linux') return null
  try {
    const fields = statOf(`/proc/${pid}/stat`)
    const ticks = Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])
    return { cpuMs: ticks * MS_PER_TICK, readBytes: readBytesOf(pid), isIdle: !wantsProcessor(pid) }
  } catch {
    // It ended between two of these, or /proc is not there.
    return null
  }
}

function statOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Running, waiting for its turn, or stopped by somebody: it would go on if it could. */
function wantsProcessor(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).some((thread) => {
    try {
      return ['R', 'T', 't'].includes(statOf(`/proc/${pid}/task/${thread}/stat`)[STATE] ?? '')
    } catch {
      return false // a thread that has just ended
    }
  })
}

function readBytesOf(pid: number): number {
  try {
    return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0 // not ours to read
  }
}
