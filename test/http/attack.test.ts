import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { AttackedServer, headOf, IS_FULL, KEY } from './attacked-server.ts'

// Anybody on the network, or anybody with a key, against a server process of its own. Memory is read from /proc.

const scaled = (few: number, full: number): number => (IS_FULL ? full : few)
/** ID-44; fewer attackers are worth less memory. */
const MOST_MEGABYTES = scaled(450, 1000)
/** A short attack has about a hundred requests, so the p99 is the slowest; the attacker uses processor time, too. */
const MOST_MS = scaled(1500, 500)
const MOST_USUAL_MS = 250
/** A busy or slow machine delays every server: limits grow with what a server that is not attacked needs meanwhile. */
const MOST_TIMES_SLOWER = scaled(10, 5)
const HOLD_MS = scaled(8000, 30_000)
const AUTHORIZATION = `Authorization: Bearer ${KEY}`

/** Runs an attack, while others ask for small things and get them. */
async function survive(server: AttackedServer, attack: () => Promise<void>): Promise<void> {
  const others: number[] = []
  const quietServer = await AttackedServer.start()
  const attacked = server.watch(async () => {
    await attack()
    for (const end = performance.now() + HOLD_MS; performance.now() < end;) {
      await pause(250)
      const upload = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 100 }
      others.push((await server.post('/api/v2/video-uploads/initiate', upload)).status)
      others.push((await fetch(`${server.url}/openapi.json`, { headers: { authorization: `Bearer ${KEY}` } })).status)
    }
  })
  const quiet = await quietServer.watch(async () => {
    await attacked
  })
  const watched = await attacked
  const figures = JSON.stringify({ name: expect.getState().currentTestName, ...watched, quiet, load: loadavg() })
  if (IS_FULL) process.stderr.write(`${figures}\n`)
  expect(server.victim.isDead).toBe(false)
  expect(watched.peak, figures).toBeLessThan(MOST_MEGABYTES)
  expect(watched.health.p99, figures).toBeLessThan(MOST_MS + MOST_TIMES_SLOWER * quiet.health.p99)
  expect(watched.health.p50, figures).toBeLessThan(MOST_USUAL_MS + MOST_TIMES_SLOWER * quiet.health.p50)
  expect(watched.health.count).toBeGreaterThan(5)
  expect(watched.health.failed).toEqual([])
  expect(new Set(others)).toEqual(new Set([200, 201]))
}

describe.runIf(process.platform === 'linux')('a server', { timeout: 180_000 }, () => {
  it('outlives hundreds who ask for its largest file without a key and do not read', async () => {
    const server = await AttackedServer.start()
    await survive(server, async () => {
      for (let one = 0; one < scaled(150, 600); one += 1) {
        const socket = await server.connect()
        socket.write(headOf(server, 'GET /docs/js/scalar.js'))
      }
    })
  })

  it('outlives those who ask for it over and over on one connection', async () => {
    const server = await AttackedServer.start()
    await survive(server, async () => {
      for (let one = 0; one < scaled(60, 400); one += 1) {
        const socket = await server.connect()
        socket.write(headOf(server, 'GET /docs/js/scalar.js').repeat(scaled(20, 500)))
      }
    })
  })

  it('outlives hundreds of JSON bodies that never end', async () => {
    const server = await AttackedServer.start()
    const head = headOf(
      ...([server, 'POST /api/v2/video-uploads/initiate', AUTHORIZATION] as const),
      ...['Content-Type: application/json', 'Content-Length: 1040000'],
    )
    const body = Buffer.from(`{"filename":"${'x'.repeat(1_000_000)}`)
    await survive(server, async () => {
      for (let one = 0; one < scaled(400, 500); one += 1) {
        const socket = await server.connect()
        socket.write(head)
        socket.write(body)
      }
    })
  })

  it('outlives hundreds of chunks that stall', async () => {
    const server = await AttackedServer.start()
    const uploads = scaled(4, 10)
    const urls = (await Promise.all(Array.from({ length: uploads }, () => server.initiate(480_000_000)))).flat()
    const half = Buffer.alloc(scaled(2_500_000, 4_100_000), 7)
    await survive(server, async () => {
      for (const url of urls.slice(0, scaled(180, 450))) {
        const socket = await server.connect()
        socket.write(headOf(server, `PUT ${new URL(url).pathname}`, 'Content-Length: 10485760'))
        socket.write(half)
      }
    })
  })

  it('outlives several videos inside of requests at a time, and answers each', async () => {
    const server = await AttackedServer.start()
    const data = Buffer.alloc(scaled(40_000_000, 66_000_000), 65).toString('base64')
    const body = { input: [{ type: 'video_base64', data }], steps: [{ model: 'detect' }] }
    const statuses: number[] = []
    await survive(server, async () => {
      const send = async () => statuses.push((await server.post('/v1/video/process', body)).status)
      await Promise.all(Array.from({ length: scaled(4, 12) }, send))
    })
    // It is no video; all of it was received to find that out.
    expect(new Set(statuses)).toEqual(new Set([422]))
  })
})
