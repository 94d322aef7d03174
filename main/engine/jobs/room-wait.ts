import { type Clock, pause } from '../../base/clock.ts'

const FIRST_MS = 2_000
const LONGEST_MS = 120_000

export interface RoomWaitOptions {
  readonly clock: Clock
  /** Whether the disk can be written to. */
  readonly hasRoom: () => Promise<boolean>
  readonly onRoom: () => void
}

/** Waits for room on the disk. While it waits no job starts: it would only fail, too. */
export class RoomWait {
  readonly #options: RoomWaitOptions
  #pauseMs = FIRST_MS / 2
  #isWaiting = false
  #isClosed = false

  constructor(options: RoomWaitOptions) {
    this.#options = options
  }

  get isWaiting(): boolean {
    return this.#isWaiting
  }

  /** A job could write all it had to. */
  trust(): void {
    this.#pauseMs = FIRST_MS / 2
  }

  begin(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    // There may seem to be room and still be none (a quota, a folder that refuses): each time it is trusted later.
    this.#pauseMs = Math.min(LONGEST_MS, 2 * this.#pauseMs)
    void this.#wait()
  }

  close(): void {
    this.#isClosed = true
  }

  async #wait(): Promise<void> {
    const { clock, hasRoom, onRoom } = this.#options
    do await pause(clock, this.#pauseMs)
    while (!this.#isClosed && !(await hasRoom().catch(() => false)))
    this.#isWaiting = false
    onRoom()
  }
}
