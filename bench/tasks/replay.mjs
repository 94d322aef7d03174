// @ts-check
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { printRatio, printRow, printTitle, ratioOf } from '../upload/figures.mjs'
import { readAll, Server } from './server.mjs'

const BUDGET = 0.8
const EVENT = `data: ${JSON.stringify({ text: 'x'.repeat(400) })}\n\n`

/**
 * A long stream replayed, beside the same file from a server that does nothing else.
 * @param {{ folder: string, film: string, megabytes: number, pairs: number }} size
 */
export async function compareReplay({ folder, film, megabytes, pairs }) {
  const data = path.join(folder, 'replay')
  const first = await Server.open(data)
  const id = await first.begin(film, { input: [{ type: 'video_base64', data: film, max_frames: 1 }] })
  await first.follow(id)
  await first.stop()
  const file = path.join(data, 'streams', `${id}.sse`)
  const events = Math.round((megabytes * 1e6) / EVENT.length)
  await fs.writeFile(file, `${EVENT.repeat(events)}data: [DONE]\n\n`)
  const server = await Server.open(data)
  const bare = http.createServer((_request, response) => void createReadStream(file).pipe(response))
  await new Promise((resolve) => bare.listen(0, '127.0.0.1', () => resolve(null)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (bare.address())
  /** @type {{ ours: number[], theirs: number[] }} */
  const rates = { ours: [], theirs: [] }
  for (let pair = 0; pair <= pairs; pair += 1) {
    const ours = await server.follow(id, false)
    const theirs = await readAll(`http://127.0.0.1:${String(port)}/`, false)
    // The first pair warms the file up.
    if (pair === 0) continue
    rates.ours.push(ours.bytes / ours.seconds / 1e6)
    rates.theirs.push(theirs.bytes / theirs.seconds / 1e6)
  }
  bare.close()
  await server.stop()
  printTitle(`Replay of a stream of ${String(megabytes)} MB (MB/s)`)
  printRow('Fieldreel', rates.ours)
  printRow('the file, by createReadStream', rates.theirs)
  const ratio = ratioOf(rates.ours, rates.theirs)
  return { name: 'replay', rates, ratio, kept: printRatio('ratio', ratio, BUDGET) }
}
