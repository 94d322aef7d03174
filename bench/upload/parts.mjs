// @ts-check
// Parts over HTTP, "10 MB × 5 parallel", beside a bare Node server that stores, hashes and syncs the same bytes.
import { randomFillSync } from 'node:crypto'
import path from 'node:path'
import { abort, ask, inLanes, initiate, PART_BYTES, send } from './client.mjs'
import { printRatio, printRow, printTitle, ratioOf, tell } from './figures.mjs'
import { entry, Program } from './program.mjs'

const BUDGET = 0.95
const body = randomFillSync(Buffer.allocUnsafe(PART_BYTES))

/** @param {() => Promise<void>} work */
async function secondsOf(work) {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/**
 * @param {string} url
 * @param {number} parts
 * @returns {Promise<number>} seconds
 */
async function putBare(url, parts) {
  await send('POST', `${url}/${String(parts * PART_BYTES)}`)
  const offsets = Array.from({ length: parts }, (_, index) => index * PART_BYTES)
  return await secondsOf(() => inLanes(offsets, (offset) => send('PUT', `${url}/${String(offset)}`, body)))
}

/**
 * @param {string} url
 * @param {number} parts
 * @returns {Promise<{ put: number, confirms: number[] }>} seconds of all PUTs together, and of each confirmation
 */
async function putOurs(url, parts) {
  const plan = await initiate(url, parts * PART_BYTES)
  /** @type {{ number: number, etag: string }[]} */
  const stored = []
  const put = await secondsOf(() =>
    inLanes(plan.chunks, async ({ chunk_number, upload_url }) => {
      const { headers } = await send('PUT', upload_url, body)
      stored.push({ number: chunk_number, etag: headers.etag ?? '' })
    }),
  )
  const { media_id, upload_id } = plan
  /** @type {number[]} */
  const confirms = []
  for (const { number, etag } of stored) {
    const confirmation = { media_id, upload_id, chunk_number: number, etag, size_bytes: PART_BYTES }
    confirms.push(await secondsOf(() => ask(url, 'chunks/confirm', confirmation)))
  }
  await abort(url, plan)
  return { put, confirms }
}

/** @param {{ folder: string, parts: number, pairs: number }} options */
export async function compareParts({ folder, parts, pairs }) {
  const bare = new Program(path.join(import.meta.dirname, 'bare-server.mjs'), [path.join(folder, 'bare')])
  const ours = new Program(entry('serve'), ['--data', path.join(folder, 'library'), '--port', '0'])
  try {
    const bareUrl = (await bare.answer()).url
    const ourUrl = (await ours.answer()).url
    // warm-up: both compiled and connected
    await putBare(bareUrl, 20)
    await putOurs(ourUrl, 20)
    /** @type {{ bare: number[], ours: number[] }} */
    const rates = { bare: [], ours: [] }
    /** @type {number[]} */
    const confirms = []
    const rate = (/** @type {number} */ seconds) => (parts * PART_BYTES) / seconds / 1e6
    for (let pair = 0; pair < pairs; pair++) {
      rates.bare.push(rate(await putBare(bareUrl, parts)))
      const result = await putOurs(ourUrl, parts)
      rates.ours.push(rate(result.put))
      confirms.push(...result.confirms.map((seconds) => seconds * 1000))
      tell(`parts: pair ${String(pair + 1)} of ${String(pairs)}`)
    }
    printTitle(`PUT of ${String(parts)} parts of 10 MiB, 5 at a time, MB/s, ${String(pairs)} pairs`)
    printRow('bare Node server: write, md5, sync', rates.bare)
    printRow('Fieldreel', rates.ours)
    const ratio = ratioOf(rates.ours, rates.bare)
    const kept = printRatio('ratio within a pair', ratio, BUDGET)
    printRow('confirmation of a part, ms', confirms, 2)
    return { name: 'parts over HTTP', rates, ratio, budget: BUDGET, kept, confirms }
  } finally {
    await Promise.all([bare.stop(), ours.stop()])
  }
}
