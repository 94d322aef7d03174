// @ts-check
import { fork } from 'node:child_process'
import path from 'node:path'
import { entry, ROOT } from '../upload/program.mjs'

/**
 * Decoding and finding alone: the models' own process, asked for one picture after the other by nothing but a loop.
 * @param {string} film
 * @param {{ width: number, height: number }} size
 * @returns {Promise<number>} pictures a second, from the first to the last
 */
export async function lookThrough(film, { width, height }) {
  const models = fork(entry('inference'), [path.join(ROOT, 'resources', 'models')], { serialization: 'advanced' })
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map()
  models.on('message', (/** @type {any} */ message) => {
    const waiter = waiting.get(message.id)
    if (message.kind === 'answer') waiter?.resolve(message.answer)
    else waiter?.reject(new Error(message.error?.message))
  })
  let id = 0
  /** @param {object} message */
  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++id, { resolve, reject })
      models.send({ ...message, id })
    })
  const args = ['-i', film, '-an', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1']
  const program = process.env['FFMPEG_BIN'] ?? 'ffmpeg'
  models.send({ kind: 'open', decoder: 1, source: { program, args, width, height, silenceLimitMs: 60_000 } })
  let [count, begunAt] = [0, 0]
  for (let next = ask({ kind: 'next', decoder: 1 }); ;) {
    const position = await next
    if (position === null) break
    next = ask({ kind: 'next', decoder: 1 })
    await ask({ kind: 'look', decoder: 1, position, request: { kind: 'detect', minimumConfidence: 0.2 } })
    models.send({ kind: 'release', decoder: 1, position })
    if (count === 0) begunAt = performance.now()
    count += 1
  }
  const seconds = (performance.now() - begunAt) / 1000
  models.kill('SIGKILL')
  return (count - 1) / seconds
}
