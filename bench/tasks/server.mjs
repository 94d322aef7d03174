// @ts-check
import http from 'node:http'
import { entry, KEY, Program } from '../upload/program.mjs'

const AUTHORIZATION = { Authorization: `Bearer ${KEY}` }

/** A server of ours on a library of its own, and a client that asks it. */
export class Server {
  /** @param {string} data */
  static async open(data) {
    const program = new Program(entry('serve'), ['--data', data, '--port', '0'])
    const { url } = await program.answer()
    return new Server(program, /** @type {string} */ (url))
  }

  /**
   * @param {Program} program
   * @param {string} url
   */
  constructor(program, url) {
    this.program = program
    this.url = url
  }

  /**
   * @param {string} data a video, as base64
   * @param {object} more of the request
   * @returns {Promise<string>} the id of a task that looks at every frame
   */
  async begin(data, more = {}) {
    const input = [{ type: 'video_base64', data, sampling: { mode: 'fps', value: 1000 } }]
    const body = JSON.stringify({ input, steps: [{ model: 'detect' }], ...more })
    const headers = { ...AUTHORIZATION, 'Content-Type': 'application/json' }
    const answer = await fetch(`${this.url}/v1/video/process`, { method: 'POST', headers, body })
    const { id } = /** @type {{ id: string }} */ (await answer.json())
    return id
  }

  /**
   * @param {string} id
   * @returns {Promise<{ bytes: number, seconds: number, pieces: Buffer[] }>} a stream to its end
   */
  follow(id, keep = true) {
    return readAll(`${this.url}/v1/video/tasks/${id}/stream`, keep)
  }

  /** @param {string} id */
  async rate(id) {
    const { pieces } = await this.follow(id)
    const events = Buffer.concat(pieces)
      .toString('utf8')
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
    const frames = events
      .map((event) => JSON.parse(event.slice(6)))
      .filter(({ finish_reason: reason }) => reason === null)
    const [first, last] = [frames[0], frames.at(-1)].map((frame) => frame.stream_info.elapsed_ms)
    return ((frames.length - 1) * 1000) / (last - first)
  }

  async stop() {
    await this.program.stop()
  }
}

/**
 * @param {string} url
 * @param {boolean} keep
 * @returns {Promise<{ bytes: number, seconds: number, pieces: Buffer[] }>}
 */
export function readAll(url, keep) {
  const begunAt = performance.now()
  return new Promise((resolve, reject) => {
    const asking = http.get(url, { headers: AUTHORIZATION, agent: false }, (response) => {
      let bytes = 0
      /** @type {Buffer[]} */
      const pieces = []
      response.on('data', (/** @type {Buffer} */ piece) => {
        bytes += piece.length
        if (keep) pieces.push(piece)
      })
      response.once('end', () => resolve({ bytes, seconds: (performance.now() - begunAt) / 1000, pieces }))
      response.once('error', reject)
    })
    asking.once('error', reject)
  })
}
