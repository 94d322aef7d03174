// @ts-check
import { KEY } from '../upload/program.mjs'
import { quantile } from '../upload/figures.mjs'

/** "every analytics answer and album page p95 < 50 ms (bench prints it), write of one view < 2 ms" */
const ANSWER_MS = 50
const WRITE_MS = 2

const ANSWERS = [
  ...['', '/aggregated?granularity=hourly&period=24h', '/aggregated?granularity=daily&period=30d'],
  ...['/aggregated?granularity=hourly&period=30d', '/aggregated?granularity=weekly&period=30d&tz=Asia/Kolkata'],
  ...['/devices', '/watch-time-distribution', '/completion-rate?breakdown=device', '/geography'],
  ...['/dashboard', '/dashboard?include_realtime=true&period=7d&tz=Europe/Berlin'],
]

/**
 * @param {string} url
 * @param {string} path
 * @param {object} [body]
 */
export async function ask(url, path, body) {
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const begunAt = performance.now()
  const answer = await fetch(`${url}/api/v1${path}`, init)
  const said = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${said}`)
  return performance.now() - begunAt
}

/**
 * @param {string} title
 * @param {string} [last] column
 */
function printTitle(title, last = '') {
  process.stdout.write(`\n${title.padEnd(66)}    first      p50      p95 ${last}\n`)
}

/**
 * @param {string} name
 * @param {readonly number[]} times the first is told apart: nothing was remembered then
 * @param {number} budget of the 95th percentile
 * @param {number} [raw] what it took from the raw views
 */
function print(name, times, budget, raw) {
  const [first = Number.NaN, ...rest] = times
  const [p50, p95] = [quantile(rest, 0.5), quantile(rest, 0.95)]
  const figures = [first, p50, p95].map((ms) => ms.toFixed(2).padStart(9)).join('')
  const beside = raw === undefined ? '' : `  raw SQL ${raw.toFixed(0)} ms, ${(raw / p50).toFixed(0)} ×`
  process.stdout.write(`${name.padEnd(64)}${figures}${beside}${p95 < budget ? '' : '  MISSED'}\n`)
  return { name, first, p50, p95, ...(raw === undefined ? {} : { raw }), kept: p95 < budget }
}

/**
 * @param {string} url
 * @param {{ hot: string, usual: string }} videos
 * @param {Record<string, number>} raw
 * @param {number} rounds
 */
export async function measureAnswers(url, videos, raw, rounds) {
  const results = []
  for (const [which, id] of Object.entries(videos)) {
    printTitle(`Analytics of the ${which} video, ms`)
    for (const answer of ANSWERS) {
      const times = []
      for (let round = 0; round <= rounds; round += 1) times.push(await ask(url, `/videos/${id}/analytics${answer}`))
      results.push(print(answer || '(totals)', times, ANSWER_MS, which === 'hot' ? raw[answer] : undefined))
    }
  }
  return results
}

/**
 * @param {string} url
 * @param {number} rounds
 */
export async function measureLists(url, rounds) {
  printTitle('Lists of ten thousand videos, ms')
  const paths = [
    ...['/videos/', '/videos/?page=90&limit=100', '/videos/?search=talk%2077&tags=tutorial'],
    '/showcase-videos/showcase?tech_stack=React&tags=tutorial&search=talk',
  ]
  const results = []
  for (const path of paths) {
    const times = []
    for (let round = 0; round <= rounds; round += 1) times.push(await ask(url, path))
    results.push(print(path, times, ANSWER_MS))
  }
  return results
}

/**
 * @param {string} url
 * @param {{ hot: string }} videos
 * @param {number} count
 */
export async function measureWrites(url, { hot }, count) {
  printTitle('One view of the hot video written, with its commit, ms', '(p50 is held to the budget)')
  const times = []
  for (let round = 0; round <= count; round += 1) {
    times.push(await ask(url, `/videos/${hot}/track-view`, { watch_duration: round, completion_percentage: 50 }))
  }
  const whole = print('over HTTP, the whole way', times, Number.POSITIVE_INFINITY)
  const reads = []
  for (let round = 0; round <= count; round += 1) reads.push(await ask(url, `/videos/${hot}`))
  const read = print('over HTTP, reading that video instead', reads, Number.POSITIVE_INFINITY)
  const write = whole.p50 - read.p50
  process.stdout.write(`the difference: ${write.toFixed(2)} ms${write < WRITE_MS ? '' : '  MISSED'}\n`)
  return [whole, read, { name: 'write', p50: write, kept: write < WRITE_MS }]
}
