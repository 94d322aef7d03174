import { monotonic } from '../../base/clock.ts'
import { type GiveBack, type SlotLimits, Slots } from '../../base/slots.ts'
import { CONCURRENT_PARTS, EngineError } from '../../contract/index.ts'
import type { PartGrant } from './token.ts'

/**
 * Clients are asked to send `CONCURRENT_PARTS` at a time. Twice as many are accepted, since the old connections of a
 * reconnecting client may still be open, and a few more wait; others are asked to try again later.
 */
const PLACES: SlotLimits = {
  ...{ inAll: 128, each: 2 * CONCURRENT_PARTS },
  ...{ waiting: 128, waitingEach: 4 * CONCURRENT_PARTS, waitMs: 10_000 },
}
/** A part that comes in slower than this for so long gives way when all places are taken. */
const SLOW_BYTES_PER_SECOND = 4096
const SLOW_MS = 10_000
const RETRY_SECONDS = 2

/** A part that is coming in. */
interface Transfer {
  readonly mediaId: string
  abort(reason: EngineError): void
  readonly ended: Promise<void>
  readonly since: number
  received: number
  isPlaced: boolean
}

/** What whoever receives a part is given. */
export interface Receiving {
  /** Aborts when the transfer has to end: a newer one came, or the upload was ended. */
  readonly signal: AbortSignal
  /** The body; the transfer counts how much of it came. */
  readonly counted: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
}

/** The parts that are coming in; a second PUT of the same part ends the first, as the last writer wins in S3. */
export class PartTransfers {
  readonly #receiving = new Map<string, Transfer>()
  readonly #places: Slots

  constructor(places: SlotLimits = PLACES) {
    this.#places = new Slots(places)
  }

  /**
   * Runs `work` once an earlier transfer of the same part has ended and there is a place.
   * @throws EngineError `unavailable`, or why the transfer was ended meanwhile.
   */
  async run<T>(grant: PartGrant, work: (receiving: Receiving) => Promise<T>): Promise<T> {
    const key = `${grant.mediaId}/${grant.partNumber}`
    const before = this.#receiving.get(key)
    const aborter = new AbortController()
    let end: () => void = () => undefined
    const transfer: Transfer = {
      mediaId: grant.mediaId,
      abort: (reason) => aborter.abort(reason),
      ended: new Promise((resolve) => (end = resolve)),
      ...{ since: monotonic(), received: 0, isPlaced: false },
    }
    this.#receiving.set(key, transfer)
    try {
      before?.abort(new EngineError('cancelled', 'A newer transfer of this chunk replaced this one.'))
      await before?.ended
      const giveBack = await this.#place(transfer, aborter.signal)
      try {
        return await work({ signal: aborter.signal, counted: (body) => counted(body, transfer) })
      } finally {
        giveBack()
      }
    } finally {
      end()
      if (this.#receiving.get(key) === transfer) this.#receiving.delete(key)
    }
  }

  /** Ends every transfer into an upload, and waits for the end. */
  async stop(mediaId: string, why: EngineError): Promise<void> {
    const mine = [...this.#receiving.values()].filter((transfer) => transfer.mediaId === mediaId)
    for (const transfer of mine) transfer.abort(why)
    await Promise.all(mine.map(({ ended }) => ended))
  }

  /** Waits for a place. @throws EngineError `unavailable`, or why the transfer was ended meanwhile. */
  async #place(transfer: Transfer, signal: AbortSignal): Promise<GiveBack> {
    let place = await this.#places.take(transfer.mediaId, signal)
    if (!place && this.#endSlowest(transfer.mediaId)) place = await this.#places.take(transfer.mediaId, signal)
    if (signal.aborted) place?.()
    signal.throwIfAborted()
    if (!place) {
      throw new EngineError('unavailable', `Too many chunks are coming in. Send ${CONCURRENT_PARTS} at a time.`, {
        retry_after_seconds: RETRY_SECONDS,
      })
    }
    transfer.isPlaced = true
    return place
  }

  /** Somebody who hardly sends anything must not keep the uploads of others waiting. */
  #endSlowest(waiting: string): boolean {
    const now = monotonic()
    const rate = ({ received, since }: Transfer): number => (received * 1000) / (now - since)
    const slow = [...this.#receiving.values()].filter(
      (one) =>
        one.isPlaced && one.mediaId !== waiting && now - one.since >= SLOW_MS && rate(one) < SLOW_BYTES_PER_SECOND,
    )
    const slowest = slow.toSorted((a, b) => rate(a) - rate(b))[0]
    slowest?.abort(new EngineError('cancelled', 'This chunk came in too slowly while others waited.'))
    return slowest !== undefined
  }
}

async function* counted(body: AsyncIterable<Uint8Array>, transfer: Transfer): AsyncGenerator<Uint8Array, void> {
  for await (const piece of body) {
    transfer.received += piece.length
    yield piece
  }
}
