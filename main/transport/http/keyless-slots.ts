import type { FastifyReply, FastifyRequest } from 'fastify'
import { Slots } from '../../base/slots.ts'
import { networkOf } from '../../base/ip-address.ts'
import { busy } from './errors.ts'
import type { Limits } from './limits.ts'

/**
 * ID-43: how many long answers are on their way to callers without a key, in all and to one
 * address. A page asks for several at a time, so one too many waits a moment. Whoever shows a good key is not counted.
 */
export class KeylessSlots {
  readonly #slots: Slots

  constructor({ keyless }: Pick<Limits, 'keyless'>) {
    this.#slots = new Slots(keyless)
  }

  /** A hook of routes that answer more than a few lines to anybody. @throws EngineError `unavailable`. */
  readonly take = async ({ credentials, ip }: FastifyRequest, { raw }: FastifyReply): Promise<void> => {
    if (typeof credentials !== 'string') return
    const giveBack = await this.#slots.take(networkOf(ip))
    if (!giveBack) throw busy('Too many are being answered without a key.')
    if (raw.destroyed || raw.closed) giveBack()
    else raw.once('close', giveBack)
  }
}
