// @ts-check
// The table of kinds.
import { KIND_BUDGETS } from '../budgets.mjs'
import { judgeEach, reliabilityLines } from '../reliability.mjs'
import { score, shares, sumOf } from '../score.mjs'
import { say } from '../table.mjs'

/** @typedef {import('../score.mjs').Labels} Labels */
/** @typedef {{ frame: number, confidence: number, kind: string }} Candidate */
/**
 * @typedef {object} Answer
 * @property {string} kind of film
 * @property {number} seed
 * @property {Labels} truth
 * @property {readonly Candidate[]} candidates all of them
 * @property {readonly number[]} scenes first frames of scenes at the default settings
 */

const BELIEVED = 0.5
const LEAST_F1 = KIND_BUDGETS.kindF1
const WIDTH = 44

/**
 * A false alarm counts against hard cuts when it is said to be one, else against slow transitions.
 * @param {Answer} answer
 * @param {readonly number[]} found
 */
function count({ truth, candidates }, found) {
  const { counts, missed, missedGradual, falseAlarms } = score(found, truth)
  const kinds = new Map(candidates.map(({ frame, kind }) => [frame, kind]))
  const falseCuts = falseAlarms.filter((frame) => (kinds.get(frame) ?? 'cut') === 'cut').length
  return { counts, falseCuts, missed, missedGradual, falseAlarms }
}

/** @param {Answer} answer */
export function judge(answer) {
  const believed = answer.candidates.filter(({ kind, confidence }) => kind !== 'drift' && confidence >= BELIEVED)
  return {
    ...answer,
    before: count(answer, believed.map(({ frame }) => frame)), // prettier-ignore
    after: count(answer, answer.scenes),
  }
}

/** @typedef {ReturnType<typeof judge>} Judged */

/**
 * @param {number} hits
 * @param {number} truths
 * @param {number} falseAlarms
 */
const f1Of = (hits, truths, falseAlarms) =>
  truths + falseAlarms === 0 ? 1 : (2 * hits) / (hits + falseAlarms + truths)

/**
 * @param {readonly Judged[]} films
 * @param {'before' | 'after'} when the minimum scene length is applied
 */
export function totals(films, when) {
  const counts = sumOf(films.map((film) => film[when].counts))
  const falseCuts = films.reduce((sum, film) => sum + film[when].falseCuts, 0)
  const hardHits = counts.hits - counts.gradualHits
  return {
    counts,
    falseCuts,
    hardHits,
    hardF1: f1Of(hardHits, counts.hard, falseCuts),
    gradualF1: f1Of(counts.gradualHits, counts.gradual, counts.falseAlarms - falseCuts),
    f1: shares(counts).f1,
  }
}

/** @param {readonly Judged[]} films @param {'before' | 'after'} when */
export function kindsBelow(films, when) {
  const kinds = [...new Set(films.map(({ kind }) => kind))]
  return kinds.filter((kind) => totals(films.filter((film) => film.kind === kind), when).f1 < LEAST_F1) // prettier-ignore
}

/** @param {string} name @param {ReturnType<typeof totals>} total */
function line(name, { counts, falseCuts, hardHits, hardF1, gradualF1, f1 }) {
  const cells = [
    ...[counts.hard, hardHits, falseCuts].map(String),
    counts.hard + falseCuts === 0 ? '–' : hardF1.toFixed(3),
    ...[counts.gradual, counts.gradualHits, counts.falseAlarms - falseCuts].map(String),
    counts.gradual + counts.falseAlarms - falseCuts === 0 ? '–' : gradualF1.toFixed(3),
    f1.toFixed(3),
  ]
  return `${name.padEnd(WIDTH)}${cells.map((cell) => cell.padStart(8)).join('')}`
}

/** @param {Judged} film */
function faults({ kind, seed, before: { missed, missedGradual, falseAlarms } }) {
  if (missed.length + missedGradual.length + falseAlarms.length === 0) return []
  const list = (/** @type {string} */ name, /** @type {readonly number[]} */ frames) =>
    frames.length > 0 ? [`${name} ${frames.join(' ')}`] : []
  const parts = [...list('missed cuts', missed), ...list('transitions', missedGradual), ...list('false', falseAlarms)]
  return [`${kind}, seed ${seed}: ${parts.join('; ')}`]
}

/**
 * @param {readonly Judged[]} films
 * @param {{ details: boolean }} options `details`: each fault by its frames
 */
export function report(films, { details }) {
  const heads = ['cuts', 'found', 'false', 'F1', 'gradual', 'found', 'false', 'F1', 'F1 all']
  say(`${''.padEnd(WIDTH)}${heads.map((head) => head.padStart(8)).join('')}`)
  for (const kind of new Set(films.map((film) => film.kind))) {
    const own = films.filter((film) => film.kind === kind)
    const [before, after] = [totals(own, 'before'), totals(own, 'after')]
    say(line(kind, before))
    if (line('', before) !== line('', after)) say(line('  with the minimum scene length', after))
  }
  say(line('all kinds', totals(films, 'before')))
  say(line('  with the minimum scene length', totals(films, 'after')))
  const below = kindsBelow(films, 'before')
  say(`kinds below ${LEAST_F1}: ${below.length}${below.length > 0 ? ` (${below.join(', ')})` : ''}`)
  if (details) for (const fault of films.flatMap(faults)) say(fault)
  say('\nOf boundaries that are so sure, so many are real:')
  for (const one of reliabilityLines(films.flatMap(({ candidates, truth }) => judgeEach(edits(candidates), truth)))) say(one) // prettier-ignore
}

/** @param {readonly Candidate[]} candidates */
const edits = (candidates) => candidates.filter(({ kind }) => kind !== 'drift')
