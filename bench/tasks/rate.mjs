// @ts-check
import path from 'node:path'
import { printRatio, printRow, printTitle, ratioOf } from '../upload/figures.mjs'
import { detectEveryFrame } from './models.mjs'
import { Server } from './server.mjs'

const BUDGET = 0.9

/**
 * A task on every frame of a video, compared with decoding and detection alone.
 * @param {{ folder: string, film: string, file: string, pairs: number }} size
 */
export async function compareRate({ folder, film, file, pairs }) {
  const server = await Server.open(path.join(folder, 'rate'))
  /** @type {{ ours: number[], tracked: number[], theirs: number[] }} */
  const rates = { ours: [], tracked: [], theirs: [] }
  for (let pair = 0; pair < pairs; pair += 1) {
    rates.ours.push(await server.rate(await server.begin(film, { track: false })))
    rates.theirs.push(await detectEveryFrame(file, { width: 640, height: 480 }))
    rates.tracked.push(await server.rate(await server.begin(film)))
  }
  await server.stop()
  printTitle('A task on every frame (frames/s)')
  printRow('Fieldreel, untracked', rates.ours, 1)
  printRow('Fieldreel, tracked (with some embeddings)', rates.tracked, 1)
  printRow('decoding and detection alone', rates.theirs, 1)
  printRatio('ratio, tracked', ratioOf(rates.tracked, rates.theirs))
  const ratio = ratioOf(rates.ours, rates.theirs)
  return { name: 'rate', rates, ratio, kept: printRatio('ratio, untracked', ratio, BUDGET) }
}
