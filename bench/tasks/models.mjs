// @ts-check
import { fork } from 'node:child_process'
import path from 'node:path'
import { entry, ROOT } from '../upload/program.mjs'

/**
 * Decoding and detection alone: the models' own process, driven by a simple loop.
 * @param {string} film
 * @param {{ width: number, height: number }} size
 * @returns {Promise<number>} frames a second, from the first to the last
 */
export async function detectEveryFrame(film, { width, height }) {
  const models = fork(entry('inference'), [path.join(ROOT, 'resources', 'models')], { serialization: 'advanced' })
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map()
  models.on('message', (/** @type {any} */ message) => {
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'result') waiter?.resolve(message.result)
    else waiter?.reject(new Error(message.error?.message))
  })
  let id = 0
  /** @param {object} payload */
  const ask = (payload) =>
    new Promise((resolve, reject) => {
      waiting.set(++id, { resolve, reject })
      models.send({ kind: 'request', id, payload })
    })
  const args = ['-i', film, '-an', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1']
  const program = process.env['FFMPEG_BIN'] ?? 'ffmpeg'
  await ask({ kind: 'open', decoder: 1, source: { program, args, width, height, silenceLimitMs: 60_000 } })
  let [count, begunAt] = [0, 0]
  for (let next = ask({ kind: 'next', decoder: 1 }); ;) {
    const position = await next
    if (position === null) break
    next = ask({ kind: 'next', decoder: 1 })
    await ask({ kind: 'model', decoder: 1, position, request: { kind: 'detect', minimumConfidence: 0.2 } })
    void ask({ kind: 'release', decoder: 1, position })
    if (count === 0) begunAt = performance.now()
    count += 1
  }
  const seconds = (performance.now() - begunAt) / 1000
  models.kill('SIGKILL')
  return (count - 1) / seconds
}
