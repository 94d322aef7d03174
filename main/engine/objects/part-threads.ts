import { startWorker, type RpcCall, type WorkerClient } from '../../platform/processes/index.ts'
import type { PartAnswer, PartProgress, PartRequest, PartWorkerData } from './part-messages.ts'

type Call = RpcCall<PartProgress>

/** A thread that writes and hashes, and how much it has to do. */
export class PartThread {
  readonly #client: WorkerClient<PartRequest, PartAnswer, PartProgress>
  /** Parts and files it is at. */
  #open = 0

  constructor(entry: string, workerData: PartWorkerData) {
    this.#client = startWorker<PartRequest, PartAnswer, PartProgress>(entry, { workerData })
  }

  /** It died: of no use any more. */
  get isEnded(): boolean {
    return this.#client.isEnded
  }

  get open(): number {
    return this.#open
  }

  /** It is at one part or file more. @returns to be called when that has ended; calling it again changes nothing. */
  take(): () => void {
    this.#open += 1
    let held = 1
    return () => {
      this.#open -= held
      held = 0
    }
  }

  request(request: PartRequest, call?: Call): Promise<PartAnswer> {
    return this.#client.request(request, call)
  }

  /** One request from beginning to end. */
  async run(request: PartRequest, call?: Call): Promise<PartAnswer> {
    const release = this.take()
    try {
      return await this.request(request, call)
    } finally {
      release()
    }
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}

/** Threads of one purpose, started when they are first wanted. */
export class PartThreads {
  readonly #entry: string
  readonly #most: number
  readonly #data: () => PartWorkerData
  #threads: PartThread[] = []

  /** @param data what each is started with. */
  constructor(entry: string, most: number, data: () => PartWorkerData) {
    this.#entry = entry
    this.#most = most
    this.#data = data
  }

  get most(): number {
    return this.#most
  }

  /** The one that has least to do: parts are of one size, but their bytes arrive as fast as their senders are. */
  next(): PartThread {
    this.#threads = this.#threads.filter((thread) => !thread.isEnded)
    const idlest = this.#threads.toSorted((a, b) => a.open - b.open)[0]
    if (idlest && (idlest.open === 0 || this.#threads.length >= this.#most)) return idlest
    const thread = new PartThread(this.#entry, this.#data())
    this.#threads.push(thread)
    return thread
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}
