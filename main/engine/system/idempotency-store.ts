import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../../platform/database/index.ts'

/** Answers are kept for a day, or until newer ones need the room. */
const KEPT_MS = 24 * 60 * 60_000
const KEPT_BYTES = 32 * 1024 * 1024

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What comes of a key that was shown with a request. */
export type Claim =
  /** A new one: do the work, then settle. null when it failed: then the next one does the work. */
  | { readonly kind: 'first'; readonly settle: (answer: Answer | null) => void }
  | { readonly kind: 'repeat'; readonly answer: Answer }
  /** It was shown with another request. */
  | { readonly kind: 'taken' }

interface AnswerRow {
  fingerprint: string
  status: number
  content_type: string
  body: string
}

interface AtWork {
  readonly fingerprint: string
  readonly answer: Promise<Answer | null>
}

export interface AnswersOptions {
  readonly now?: () => number
  readonly keptBytes?: number
}

/**
 * Answers that were given, for repeats of the same request, over a restart too (ID-42). An answer
 * may hold what is shown once only (a new API key, signed URLs), so each is sealed with what its caller showed: only
 * who shows that again can read it.
 */
export class IdempotencyStore {
  readonly #atWork = new Map<string, AtWork>()
  readonly #now: () => number
  readonly #keptBytes: number
  readonly #get
  readonly #put
  readonly #forgetBefore
  readonly #forgetOldest
  readonly #size
  #bytes: number

  constructor(database: Database, { now = Date.now, keptBytes = KEPT_BYTES }: AnswersOptions = {}) {
    this.#now = now
    this.#keptBytes = keptBytes
    this.#get = database.prepare<AnswerRow>('SELECT * FROM answers WHERE id = :id AND answered_at > :since')
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO answers (id, fingerprint, status, content_type, body, answered_at)
       VALUES (:id, :fingerprint, :status, :contentType, :body, :now)`,
    )
    this.#forgetBefore = database.prepare('DELETE FROM answers WHERE answered_at <= :since')
    this.#forgetOldest = database.prepare(
      'DELETE FROM answers WHERE id IN (SELECT id FROM answers ORDER BY answered_at LIMIT 100)',
    )
    this.#size = database.prepare<{ bytes: number }>('SELECT coalesce(sum(length(body)), 0) AS bytes FROM answers')
    this.#bytes = this.#sizeNow()
  }

  /**
   * Asks for the right to do the work; waits while somebody else is at it.
   * @param secret what the caller shows: their API key and the key of this request. Only its hash is stored.
   * @param asked what they ask, whole.
   */
  async claim(secret: string, asked: string): Promise<Claim> {
    const id = sha256(`id ${secret}`)
    const fingerprint = sha256(asked)
    for (let other = this.#atWork.get(id); other; other = this.#atWork.get(id)) {
      if (other.fingerprint !== fingerprint) return { kind: 'taken' }
      const answer = await other.answer
      if (answer) return { kind: 'repeat', answer }
    }
    const kept = this.#get.get({ id, since: this.#now() - KEPT_MS })
    if (kept && kept.fingerprint !== fingerprint) return { kind: 'taken' }
    const answer = kept ? unseal(kept, secret) : null
    if (answer) return { kind: 'repeat', answer }
    return { kind: 'first', settle: this.#begin(id, fingerprint, secret) }
  }

  #begin(id: string, fingerprint: string, secret: string): (answer: Answer | null) => void {
    let tell: (answer: Answer | null) => void = () => undefined
    const mine: AtWork = { fingerprint, answer: new Promise((resolve) => (tell = resolve)) }
    this.#atWork.set(id, mine)
    return (answer) => {
      if (this.#atWork.get(id) !== mine) return
      this.#atWork.delete(id)
      tell(answer)
      if (answer) this.#keep(id, fingerprint, answer, secret)
    }
  }

  #keep(id: string, fingerprint: string, { status, contentType, body }: Answer, secret: string): void {
    const now = this.#now()
    const sealed = seal(body, secret)
    if (this.#forgetBefore.run({ since: now - KEPT_MS }).changes > 0) this.#bytes = this.#sizeNow()
    this.#put.run({ id, fingerprint, status, contentType, body: sealed, now })
    this.#bytes += sealed.length
    while (this.#bytes > this.#keptBytes && this.#forgetOldest.run().changes > 0) this.#bytes = this.#sizeNow()
  }

  #sizeNow(): number {
    return this.#size.get()?.bytes ?? 0
  }
}

const Sealed = z.tuple([z.base64(), z.base64(), z.base64()])

function seal(text: string, secret: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce)
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), bytes].map((part) => part.toString('base64')).join(' ')
}

/** null when the row is no whole one of ours: then the work is done anew. */
function unseal({ status, content_type, body }: AnswerRow, secret: string): Answer | null {
  const parsed = Sealed.safeParse(body.split(' '))
  if (!parsed.success) return null
  const [nonce, tag, bytes] = parsed.data.map((part) => Buffer.from(part, 'base64'))
  if (!nonce || tag?.length !== 16 || !bytes) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), nonce).setAuthTag(tag)
    const text = Buffer.concat([decipher.update(bytes), decipher.final()]).toString()
    return { status, contentType: content_type, body: text }
  } catch {
    return null
  }
}

function sealingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'fieldreel answer', 32))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
