/** How often progress is reported, milliseconds. */
const REPORT_EVERY_MS = 200

/** How far a verify, backup, restore or rebuild is. */
export interface WorkProgress {
  /** What is done now, in words. */
  readonly step: string
  readonly bytesDone: number
  readonly bytesTotal: number
  /** Of a verify: objects that are checked, and the last of them. */
  readonly objects?: number
  readonly after?: string
}

/** Reports how far work is: at each new step, and now and then in between. */
export class Progress {
  bytesDone = 0
  readonly #report: (progress: WorkProgress) => void
  readonly #more: Pick<WorkProgress, 'objects' | 'after'>
  #bytesTotal = 0
  #step = ''
  #reportedAt = 0

  /** @param more is read at each report. */
  constructor(report: (progress: WorkProgress) => void, more: Pick<WorkProgress, 'objects' | 'after'> = {}) {
    this.#report = report
    this.#more = more
  }

  /** So many bytes are left. @param step is reported with the first of them. */
  expect(bytes: number, step = this.#step): void {
    this.#bytesTotal = this.bytesDone + bytes
    this.#step = step
  }

  begin(step: string): void {
    this.#step = step
    this.#reportNow()
  }

  add(bytes: number): void {
    this.bytesDone += bytes
    if (Date.now() - this.#reportedAt >= REPORT_EVERY_MS) this.#reportNow()
  }

  #reportNow(): void {
    this.#reportedAt = Date.now()
    const { bytesDone } = this
    this.#report({ step: this.#step, bytesDone, bytesTotal: Math.max(this.#bytesTotal, bytesDone), ...this.#more })
  }
}
