// @ts-check
import path from 'node:path'
import { printRow, printTitle } from '../upload/figures.mjs'
import { Server } from './server.mjs'

const FOLLOWERS = 200
/** What 200 connections may take, beside what the task takes anyway. */
const BUDGET_MEGABYTES = 150

/**
 * One task that 200 follow, beside the same task that one follows.
 * @param {{ folder: string, film: string }} size
 */
export async function compareFanOut({ folder, film }) {
  /** @param {number} count */
  const measure = async (count) => {
    const server = await Server.open(path.join(folder, `fan-out-${String(count)}`))
    const id = await server.begin(film)
    const followed = await Promise.all(Array.from({ length: count }, () => server.follow(id)))
    const first = Buffer.concat(followed[0]?.pieces ?? [])
    const same = followed.every(({ pieces }) => Buffer.concat(pieces).equals(first))
    const memory = ((await server.program.peakMemory()) ?? Number.NaN) / 1e6
    await server.stop()
    return { memory, same, seconds: Math.max(...followed.map(({ seconds }) => seconds)) }
  }
  const one = await measure(1)
  const many = await measure(FOLLOWERS)
  printTitle('One live task')
  printRow('1 follower: peak memory (MB)', [one.memory])
  printRow(`${String(FOLLOWERS)} followers: peak memory (MB)`, [many.memory])
  printRow('1 follower: seconds', [one.seconds], 1)
  printRow(`${String(FOLLOWERS)} followers: seconds`, [many.seconds], 1)
  const kept = many.same && many.memory - one.memory < BUDGET_MEGABYTES
  process.stdout.write(
    `all the same bytes: ${String(many.same)}; at most ${String(BUDGET_MEGABYTES)} MB more: ${kept ? 'kept' : 'MISSED'}\n`,
  )
  return { name: 'fan-out', one, many, kept }
}
