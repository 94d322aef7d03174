// @ts-check
import http from 'node:http'
import { KEY } from './program.mjs'

/** "10 MB × 5 parallel" */
export const LANES = 5
export const PART_BYTES = 10_485_760
const agent = new http.Agent({ keepAlive: true, maxSockets: LANES })

/** @typedef {{ media_id: string, upload_id: string, chunks: { chunk_number: number, upload_url: string, size_bytes: number }[] }} Plan */

/**
 * @param {string} method
 * @param {string} url
 * @param {Buffer} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ headers: http.IncomingHttpHeaders, text: string }>}
 */
export function send(method, url, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const length = String(body?.length ?? 0)
    const request = http.request(url, { method, agent, headers: { ...headers, 'Content-Length': length } })
    request.on('error', reject)
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (/** @type {string} */ piece) => (text += piece))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0 } = response
        if (statusCode >= 300) reject(new Error(`${method} ${url} answered ${String(statusCode)}: ${text}`))
        else resolve({ headers: response.headers, text })
      })
    })
    request.end(body)
  })
}

/**
 * Does all the work, so many at a time.
 * @template T
 * @param {Iterable<T>} work
 * @param {(one: T) => Promise<unknown>} each
 */
export async function inLanes(work, each) {
  const queue = work[Symbol.iterator]()
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await each(next.value)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

/**
 * @param {string} url of the server
 * @param {string} pathname
 * @param {unknown} body
 */
export async function ask(url, pathname, body) {
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' }
  const { text } = await send(
    'POST',
    `${url}/api/v2/video-uploads/${pathname}`,
    Buffer.from(JSON.stringify(body)),
    headers,
  )
  return JSON.parse(text)
}

/**
 * @param {string} url of the server
 * @param {number} sizeBytes
 * @returns {Promise<Plan>}
 */
export async function initiate(url, sizeBytes) {
  return await ask(url, 'initiate', { filename: 'part.mp4', content_type: 'video/mp4', size_bytes: sizeBytes })
}

/**
 * @param {string} url of the server
 * @param {Plan} plan
 */
export async function abort(url, { media_id, upload_id }) {
  await ask(url, 'abort', { media_id, upload_id })
}
