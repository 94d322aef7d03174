import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Base64Decoder, NotBase64 } from '../../base/base64-decoder.ts'
import { type GiveBack, Slots } from '../../base/slots.ts'
import { EngineError, SENT_VIDEO_BYTES, type SentVideo } from '../../contract/index.ts'
import { readPaced } from './body-limits.ts'
import { assertPlainUtf8, Utf8Check } from './body-text.ts'
import { busy, HttpError } from './errors.ts'
import type { BufferedBodies, BufferedBody } from './buffered-bodies.ts'
import { parserOf } from './json-body.ts'
import { JsonOutline } from './json-outline.ts'
import type { Limits } from './limits.ts'

/** A video that is being written to a file. One of `finish` and `drop` ends it; `drop` may follow `finish`. */
export interface IncomingVideo {
  /** Resolves when there is room for more. @throws EngineError `storage_full`, `storage_refused`. */
  write(bytes: Uint8Array): Promise<void>
  /** Once the bytes are durable. */
  finish(): Promise<SentVideo>
  /** Removes what is left of it. */
  drop(): Promise<void>
}

export type ReceiveVideo = () => Promise<IncomingVideo>

interface Services {
  readonly limits: Limits
  readonly bodies: BufferedBodies
  readonly receiveVideo?: ReceiveVideo | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Called when the answer was sent, or its caller hung up. */
    whenAnswered: (() => void)[] | null
  }
}

/** "input": [{ "data": "…" }] */
const PATH = ['input', null, 'data']

/**
 * Accepts JSON bodies that may contain a video as base64: it is decoded into a file as it arrives, and only the rest of
 * the body is buffered.
 */
export function acceptInlineVideos(scope: FastifyInstance, services: Services): void {
  const parse = parserOf(scope)
  const slots = new Slots(services.limits.inlineVideos)
  scope.decorateRequest('whenAnswered', null)
  // Not when the answer has left, which it never does for a caller who has hung up.
  scope.addHook('onRequest', async (request, { raw }) => {
    raw.once('close', () => {
      for (const done of request.whenAnswered ?? []) done()
    })
  })
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/json', (request, _payload, done) => {
    const reading = new BodyReading(request, slots, services)
    request.whenAnswered = [() => reading.release()]
    const finish = ({ outline, videos }: Read): void =>
      parse(request, outline, (error, body) => {
        done(error, error ? undefined : putBack(body, videos))
      })
    reading.read().then(finish, done)
  })
}

interface Read {
  readonly outline: string
  /** By what stands for each of them in the outline. */
  readonly videos: ReadonlyMap<string, SentVideo>
}

/** One body. */
class BodyReading {
  readonly #request: FastifyRequest
  readonly #slots: Slots
  readonly #services: Services
  readonly #secret = randomUUID()
  readonly #received: IncomingVideo[] = []
  readonly #videos = new Map<string, SentVideo>()
  /** Aborts when the caller hangs up, and when this body has to give way to others. */
  readonly #stop = new AbortController()
  #giveBack: GiveBack | null = null
  #isReleased = false

  constructor(request: FastifyRequest, slots: Slots, services: Services) {
    this.#request = request
    this.#slots = slots
    this.#services = services
    request.raw.once('close', () => {
      if (!request.raw.complete) this.#stop.abort(new EngineError('cancelled', 'The caller hung up.'))
    })
  }

  async read(): Promise<Read> {
    const counted = this.#services.bodies.open((error) => this.#stop.abort(error))
    try {
      return { outline: await this.#readAll(counted), videos: this.#videos }
    } catch (error) {
      // When the caller has hung up, there is no answer to wait for.
      this.release()
      if (error instanceof NotBase64) throw notBase64(error)
      // A socket that broke off says so in words of its own, which would be logged as a failure of ours.
      throw this.#stop.signal.aborted ? this.#stop.signal.reason : error
    } finally {
      counted.close()
    }
  }

  /** The answer has left, or its caller: what no operation took over is deleted. */
  release(): void {
    this.#isReleased = true
    this.#giveBack?.()
    for (const received of this.#received.splice(0)) void received.drop().catch(() => undefined)
  }

  async #readAll(counted: BufferedBody): Promise<string> {
    const { raw, routeOptions } = this.#request
    const { limits } = this.#services
    const most = routeOptions.bodyLimit ?? limits.jsonBytes
    const placeholder = (index: number): string => `${this.#secret} ${index}`
    const outline = new JsonOutline({ path: PATH, placeholder, maxBytes: limits.jsonBytes })
    const utf8 = new Utf8Check()
    assertPlainUtf8(raw.headers)
    assertLength(Number(raw.headers['content-length'] ?? 0), most)
    let length = 0
    let video: VideoReading | null = null
    for await (const piece of readPaced(raw, limits, this.#stop.signal)) {
      assertLength((length += piece.length), most)
      utf8.take(piece)
      const before = outline.outlineBytes
      for (const found of outline.scan(piece)) {
        if (found.kind === 'begin') video = await this.#begin()
        else if (found.kind === 'text') await video?.take(found.text)
        else if (video) this.#videos.set(placeholder(this.#videos.size), await video.finish())
      }
      counted.add(Math.max(0, outline.outlineBytes - before))
    }
    utf8.end()
    return outline.finish()
  }

  async #begin(): Promise<VideoReading> {
    const { receiveVideo } = this.#services
    if (!receiveVideo) throw new EngineError('too_large', 'This server accepts no videos inside a request.')
    const { credentials, ip } = this.#request
    const taker = typeof credentials === 'string' ? ip : credentials.key
    this.#giveBack ??= await this.#slots.take(taker, this.#stop.signal)
    this.#stop.signal.throwIfAborted()
    if (!this.#giveBack) throw busy('Too many videos are coming in inside of requests.', 5)
    const received = await receiveVideo()
    this.#received.push(received)
    if (this.#isReleased) this.release()
    return new VideoReading(received)
  }
}

/** A video as it comes in: text here, bytes there. */
class VideoReading {
  readonly #decoder = new Base64Decoder()
  readonly #received: IncomingVideo
  #sizeBytes = 0

  constructor(received: IncomingVideo) {
    this.#received = received
  }

  async take(text: string): Promise<void> {
    await this.#write(this.#decoder.update(text))
  }

  async finish(): Promise<SentVideo> {
    await this.#write(this.#decoder.finish())
    return await this.#received.finish()
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#sizeBytes += bytes.length
    if (this.#sizeBytes > SENT_VIDEO_BYTES) throw tooLarge()
    if (bytes.length > 0) await this.#received.write(bytes)
  }
}

/** Each placeholder becomes the video it stands for; it can only be where it was put. */
function putBack(body: unknown, videos: ReadonlyMap<string, SentVideo>): unknown {
  if (videos.size === 0) return body
  const { input } = body as { input?: unknown }
  if (!Array.isArray(input)) return body
  for (const one of input as ({ data?: unknown } | null)[]) {
    const video = typeof one?.data === 'string' ? videos.get(one.data) : undefined
    if (one && video) one.data = video
  }
  return body
}

function assertLength(bytes: number, most: number): void {
  if (bytes > most) throw new HttpError(413, 'Request body is too large')
}

function tooLarge(): EngineError {
  return new EngineError(
    'too_large',
    'A video sent with its request has 64 MB at most. Upload it and name it as store://<media_id>.',
  )
}

function notBase64({ message }: NotBase64): EngineError {
  return new EngineError('invalid_input', message, {
    fields: [{ in: 'body', field: 'input.0.data', reason: message }],
  })
}
