import type { FastifyReply, FastifyRequest } from 'fastify'
import { Slots } from '../../base/slots.ts'
import { networkOf } from '../../base/ip-address.ts'
import { busy } from './errors.ts'
import type { Limits } from './limits.ts'

/**
 * ID-43: limits long answers to callers without a key, in all and per address. A page requests several at a time, so one too
 * many waits a moment. Callers with a valid key are not limited.
 */
export class AnonymousSlots {
  readonly #slots: Slots

  constructor({ anonymous }: Pick<Limits, 'anonymous'>) {
    this.#slots = new Slots(anonymous)
  }

  /** A hook of routes with long answers that need no key. @throws EngineError `unavailable`. */
  readonly take = async ({ credentials, ip }: FastifyRequest, { raw }: FastifyReply): Promise<void> => {
    if (typeof credentials !== 'string') return
    const giveBack = await this.#slots.take(networkOf(ip))
    if (!giveBack) throw busy('Too many are being answered without a key.')
    if (raw.destroyed || raw.closed) giveBack()
    else raw.once('close', giveBack)
  }
}
