import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { EngineError } from '../../contract/errors.ts'
import { explainWriteFailure } from '../files/index.ts'
import { checkUrl, guardedLookup, PrivateAddress } from './guard.ts'

export interface Download {
  readonly url: string
  /** Written anew. */
  readonly file: string
  readonly maxBytes: number
  /** For all of it. */
  readonly timeLimitMs: number
  /** Without a byte. */
  readonly stallMs: number
  readonly allowPrivate: boolean
  readonly signal: AbortSignal
}

export interface Downloaded {
  readonly sha256: string
  readonly sizeBytes: number
}

const MOST_REDIRECTS = 5

/**
 * Fetches an untrusted URL into a file, which is synced when this resolves. Every redirect is checked like the
 * first URL, and every name at the moment of connecting.
 * @throws EngineError `invalid_input` for what may not be fetched, `too_large`, `media_failed` when the other side
 * fails or is too slow, `storage_full`, `cancelled`.
 */
export async function download(call: Download): Promise<Downloaded> {
  const limit = AbortSignal.timeout(call.timeLimitMs)
  const signal = AbortSignal.any([call.signal, limit])
  try {
    return await save(await open(call, signal), call)
  } catch (error) {
    if (call.signal.aborted) throw new EngineError('cancelled', 'Cancelled.', null, { cause: error })
    if (limit.aborted) throw failed(`It took longer than ${Math.round(call.timeLimitMs / 60_000)} minutes.`, error)
    throw explained(error)
  }
}

async function open(call: Download, signal: AbortSignal): Promise<IncomingMessage> {
  let url = checkUrl(call.url, call.allowPrivate)
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await request(url, call, signal)
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy()
      url = checkUrl(new URL(headers.location, url).href, call.allowPrivate)
    } else if (statusCode === 200) return response
    else {
      response.destroy()
      throw failed(`The server answered ${statusCode}.`)
    }
  }
  throw failed('It was redirected too often.')
}

function request(url: URL, { allowPrivate, stallMs }: Download, signal: AbortSignal): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const options = {
      ...{ signal, agent: false, lookup: guardedLookup(allowPrivate), timeout: stallMs },
      headers: { 'User-Agent': 'Fieldreel', Accept: 'video/*, */*;q=0.5', 'Accept-Encoding': 'identity' },
    }
    const asking = get(url, options, resolve)
    asking.once('timeout', () => asking.destroy(failed('The server fell silent.')))
    asking.once('error', reject)
  })
}

async function save(response: IncomingMessage, { file, maxBytes }: Download): Promise<Downloaded> {
  const tooLarge = () => new EngineError('too_large', `This video is larger than ${Math.round(maxBytes / 1e6)} MB.`)
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy()
    throw tooLarge()
  }
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await fs.open(file, 'w', 0o600)
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) throw tooLarge()
      hash.update(chunk)
      await handle.write(chunk)
    }
    if (!response.complete) throw failed('The connection broke off.')
    await handle.sync()
  } catch (error) {
    throw explainWriteFailure(error, file)
  } finally {
    response.destroy()
    await handle.close()
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

function explained(error: unknown): unknown {
  if (error instanceof EngineError) return error
  if (error instanceof PrivateAddress) return new EngineError('invalid_input', error.message, null, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'it failed'
  return failed(`${code}.`, error)
}

function failed(why: string, cause?: unknown): EngineError {
  return new EngineError('media_failed', `The video could not be fetched: ${why}`, null, { cause })
}
