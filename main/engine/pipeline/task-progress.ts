import { RateMeter } from '../../base/rate-meter.ts'

interface Live {
  readonly due: number
  readonly rate: RateMeter
  processed: number
}

/** Progress of the running tasks, in memory: the database would need a disk sync for each change. */
export class TaskProgress {
  readonly #live = new Map<string, Live>()

  begin(taskId: string, processed: number, due: number): void {
    const rate = new RateMeter()
    rate.begin(Date.now())
    this.#live.set(taskId, { due, rate, processed })
  }

  /** @param processed frames done since the beginning. */
  report(taskId: string, processed: number): void {
    const live = this.#live.get(taskId)
    if (!live) return
    live.rate.add(processed - live.processed, Date.now())
    live.processed = processed
  }

  end(taskId: string): void {
    this.#live.delete(taskId)
  }

  of(taskId: string): { processed: number; secondsLeft: number | null } | null {
    const live = this.#live.get(taskId)
    if (!live) return null
    return { processed: live.processed, secondsLeft: live.rate.secondsLeft(live.due - live.processed, Date.now()) }
  }
}
