import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { Victim } from '../kill/victim.ts'
import { isLong } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export const KEY = 'owner_key_of_the_attacked_server_42'
/** As much as an attacker would send, with `npm run test:long` or FIELDREEL_ATTACK=full; otherwise as much as shows what would happen. */
export const IS_FULL = isLong || process.env['FIELDREEL_ATTACK'] === 'full'

/** Asks for /healthz over new connections, as a monitor would, and prints what it saw when its input ends. */
const MONITOR = `
const http = require('http'); const ms = []; const failed = []; let ends = false
process.stdin.on('end', () => (ends = true)).resume()
const ask = () => new Promise((done) => {
  const start = performance.now()
  const asked = http.get(process.argv[1] + '/healthz', { agent: false, timeout: 10000 }, (answer) => {
    answer.resume().once('end', () => { answer.statusCode === 200 ? ms.push(performance.now() - start) : failed.push(answer.statusCode); done() })
  })
  asked.once('error', (error) => { failed.push(error.code); done() }).once('timeout', () => asked.destroy())
})
;(async () => {
  while (!ends) { await ask(); await new Promise((next) => setTimeout(next, 25)) }
  ms.sort((a, b) => a - b)
  console.log(JSON.stringify({ count: ms.length, p50: ms[Math.floor(ms.length * 0.5)], p99: ms[Math.floor(ms.length * 0.99)], failed }))
})()`

export interface Health {
  readonly count: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failed: readonly unknown[]
}

/** A server process of its own that is going to be attacked over real sockets. */
export class AttackedServer {
  readonly url: string
  readonly victim: Victim
  readonly #pid: number
  #sockets: Socket[] = []
  #peak = 0

  private constructor(url: string, victim: Victim, pid: number) {
    this.url = url
    this.victim = victim
    this.#pid = pid
  }

  static async start(): Promise<AttackedServer> {
    const victim = Victim.start('serve', ['--port', '0', '--data', path.join(await temporaryFolder(), 'data')], {
      FIELDREEL_API_KEY: KEY,
    })
    const line = await victim.firstLine()
    const { url } = JSON.parse(line ?? '{}') as { url: string }
    const server = new AttackedServer(url, victim, victim.pid)
    onTestFinished(() => server.hangUp())
    return server
  }

  /** Megabytes of memory that the process has now. */
  async megabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#pid}/status`, 'utf8').catch(() => '')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }

  /** Watches memory and health while `attack` runs. */
  async watch(attack: () => Promise<void>): Promise<{ before: number; peak: number; health: Health }> {
    const before = await this.megabytes()
    this.#peak = before
    const sampling = setInterval(
      () => void this.megabytes().then((now) => (this.#peak = Math.max(this.#peak, now))),
      50,
    )
    const monitor = spawn(process.execPath, ['-e', MONITOR, this.url], { stdio: ['pipe', 'pipe', 'inherit'] })
    let said = ''
    monitor.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
    try {
      await attack()
    } finally {
      monitor.stdin.end()
      await once(monitor, 'close')
      clearInterval(sampling)
    }
    return { before, peak: this.#peak, health: JSON.parse(said) as Health }
  }

  /** A connection that reads nothing unless it is told to. */
  async connect(): Promise<Socket> {
    const { hostname, port } = new URL(this.url)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('error', () => undefined)
    this.#sockets.push(socket)
    await Promise.race([once(socket, 'connect'), once(socket, 'close')])
    socket.pause()
    return socket
  }

  hangUp(): void {
    for (const socket of this.#sockets.splice(0)) socket.destroy()
  }

  async post(route: string, body: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    return await fetch(this.url + route, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  /** The upload URLs of a new upload. */
  async initiate(sizeBytes: number): Promise<string[]> {
    const body = { filename: 'dock.mp4', content_type: 'video/mp4', size_bytes: sizeBytes }
    const answer = await this.post('/api/v2/video-uploads/initiate', body)
    const { chunks } = (await answer.json()) as { chunks: { upload_url: string }[] }
    return chunks.map(({ upload_url }) => upload_url)
  }
}

/** The head of a request. */
export function headOf(server: AttackedServer, line: string, ...headers: string[]): string {
  return [`${line} HTTP/1.1`, `Host: ${new URL(server.url).host}`, ...headers, '', ''].join('\r\n')
}
