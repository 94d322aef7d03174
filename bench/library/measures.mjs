// @ts-check
import { KEY } from '../upload/program.mjs'
import { quantile } from '../upload/figures.mjs'

/** LI-29; album pages have the same budget. */
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
 * @param {{ usual: string, large: string }} albums
 * @param {number} rounds
 */
export async function measureAlbums(url, { usual, large }, rounds) {
  printTitle('Albums, ms')
  const SHARED = '/../../albums'
  /** @type {[name: string, path: string, budget: number][]} */
  const pages = [
    ['an album of 40 items', `/albums/${usual}`, ANSWER_MS],
    ['its page for browsers', `${SHARED}/${usual}`, ANSWER_MS],
    ['twenty albums', '/albums/', ANSWER_MS],
    ['a hundred albums', '/albums/?page=3&page_size=100', ANSWER_MS],
    ['a page of an album of 2,000 items', `/albums/${large}?page=10&page_size=100`, ANSWER_MS],
    ['its page for browsers, of 200', `${SHARED}/${large}?page=5`, ANSWER_MS],
    ['all of its items', `/albums/${large}`, Number.POSITIVE_INFINITY],
  ]
  const results = []
  for (const [name, path, budget] of pages) {
    const times = []
    for (let round = 0; round <= rounds; round += 1) times.push(await ask(url, path))
    results.push(print(name, times, budget))
  }
  return results
}

/**
 * @param {{ view: number[], bare: number[] }} writes taking turns
 */
export function printWrites({ view, bare }) {
  printTitle('Written and committed, ms', '(the median is held to the budget)')
  const row = print('a row alone', bare, Number.POSITIVE_INFINITY)
  const write = print('a view of the hot video, with every sum of it', view, Number.POSITIVE_INFINITY)
  // What a commit takes is the disk's; on a busy one it alone is over the budget.
  const kept = write.p50 < WRITE_MS || write.p50 - row.p50 < WRITE_MS / 2
  process.stdout.write(`${(write.p50 / row.p50).toFixed(2)} × a row alone${kept ? '' : '  MISSED'}\n`)
  return [row, { ...write, kept }]
}
