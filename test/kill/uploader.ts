import { createHash } from 'node:crypto'
import { expect } from 'vitest'

const PART = 10 * 1024 * 1024
const LANES = 3

interface Plan {
  media_id: string
  upload_id: string
  chunks: Array<{ chunk_number: number; size_bytes: number; upload_url: string }>
}

interface Progress {
  status: string
  chunks_completed: number
}

/** A client of the published API that remembers only what it was answered, as one on another machine does. */
export class Uploader {
  readonly #bytes: Buffer
  readonly #key: string
  #plan: { mediaId: string; uploadId: string } | null = null
  readonly #acknowledged = new Set<number>()
  isComplete = false

  constructor(bytes: Buffer, key: string) {
    this.#bytes = bytes
    this.#key = key
  }

  get mediaId(): string | null {
    return this.#plan?.mediaId ?? null
  }

  /** Goes on until the upload is complete; throws what the network throws when the server dies. */
  async work(url: string): Promise<void> {
    const toSend = await this.#toSend(url)
    const queue = this.#unacknowledged().values()
    const lane = async (): Promise<void> => {
      for (const chunk of queue) await this.#bring(url, chunk, toSend.get(chunk) ?? null)
    }
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane))
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    await this.#post(url, '/video-uploads/complete', this.#ref())
    this.isComplete = true
  }

  /** What was answered once has to hold for ever. */
  async check(url: string): Promise<void> {
    if (!this.#plan) return
    const progress = await this.#get<Progress>(url, `/video-uploads/progress/${this.#plan.mediaId}`)
    expect(progress.chunks_completed).toBeGreaterThanOrEqual(this.#acknowledged.size)
    if (this.isComplete) expect(progress.status).toBe('completed')
  }

  /** URLs of the chunks that the server wants; none of them may be one that it confirmed. */
  async #toSend(url: string): Promise<Map<number, string>> {
    if (!this.#plan) {
      const about = { filename: 'killed.mp4', content_type: 'video/mp4', size_bytes: this.#bytes.length }
      const plan = await this.#post<Plan>(url, '/video-uploads/initiate', about)
      this.#plan = { mediaId: plan.media_id, uploadId: plan.upload_id }
      return urls(plan)
    }
    const plan = await this.#get<Plan>(url, `/video-uploads/${this.#plan.mediaId}/resume`)
    const wanted = urls(plan)
    for (const chunk of this.#acknowledged) expect(wanted.has(chunk), `chunk ${chunk} is asked for again`).toBe(false)
    return wanted
  }

  async #bring(url: string, chunk: number, uploadUrl: string | null): Promise<void> {
    const bytes = this.#bytes.subarray((chunk - 1) * PART, chunk * PART)
    if (uploadUrl !== null) {
      const answer = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) })
      expect(answer.status, await answer.text()).toBe(200)
    }
    const etag = createHash('md5').update(bytes).digest('hex')
    const size = { chunk_number: chunk, etag, size_bytes: bytes.length }
    await this.#post(url, '/video-uploads/chunks/confirm', { ...this.#ref(), ...size })
    this.#acknowledged.add(chunk)
  }

  #unacknowledged(): number[] {
    const chunks = Array.from({ length: Math.ceil(this.#bytes.length / PART) }, (_, index) => index + 1)
    return chunks.filter((chunk) => !this.#acknowledged.has(chunk))
  }

  #ref() {
    return { media_id: this.#plan?.mediaId, upload_id: this.#plan?.uploadId }
  }

  async #get<T>(url: string, path: string): Promise<T> {
    return await this.#answer<T>(await fetch(`${url}/api/v2${path}`, { headers: this.#headers() }))
  }

  async #post<T>(url: string, path: string, body: unknown): Promise<T> {
    const request = { method: 'POST', headers: this.#headers(), body: JSON.stringify(body) }
    return await this.#answer<T>(await fetch(`${url}/api/v2${path}`, request))
  }

  async #answer<T>(response: Response): Promise<T> {
    const text = await response.text()
    expect(response.ok, `${response.status} ${text}`).toBe(true)
    return JSON.parse(text) as T
  }

  #headers() {
    return { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' }
  }
}

function urls({ chunks }: Plan): Map<number, string> {
  return new Map(chunks.map(({ chunk_number, upload_url }) => [chunk_number, upload_url]))
}
