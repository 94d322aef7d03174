// @ts-check
// One video, every method, in turns.
import { quantile } from '../upload/figures.mjs'
import { detect, importWhole } from './engine.mjs'
import { cutsOf, decode, FILTERS, readScores } from './ffmpeg-filters.mjs'
import { METHODS, pySceneDetect } from './pyscenedetect.mjs'
import { judgeEach } from './reliability.mjs'
import { score } from './score.mjs'

/** @typedef {import('./engine.mjs').Video} Video */
/** @typedef {import('./score.mjs').Labels} Labels */
/** @typedef {import('./reliability.mjs').Judged} Judged */
/** @typedef {import('./processes.mjs').Cost} Cost */
/** @typedef {import('../../main/engine/scenes/candidates.ts').Candidate} Candidate */
/**
 * A way of finding cuts. `kind` names it in all videos, `name` says how it was set for this one.
 * @typedef {object} Method
 * @property {string} kind
 * @property {string} name
 * @property {() => Promise<{ cost: Cost, frames?: readonly number[], candidates?: readonly Candidate[] }>} run
 */
/**
 * @typedef {object} Row
 * @property {string} kind
 * @property {string} name
 * @property {Cost} cost medians
 * @property {number | null} ratio CPU beside decoding alone
 * @property {readonly Cost[]} runs
 * @property {readonly number[] | null} frames first frames of new scenes
 * @property {readonly Judged[]} judged whether each candidate is real; empty without labels
 * @property {ReturnType<typeof score> | null} score
 * @property {boolean} isSteady every run found the same
 */
/**
 * @typedef {object} Comparison
 * @property {{ detection: string, whole: string }} modules our detection, and all of an import, bundled
 * @property {import('./pyscenedetect.mjs').PySceneDetect | null} python
 * @property {string} folder for passing files
 * @property {number} repeats
 * @property {boolean} quick without the peers
 * @property {AbortSignal} signal
 */

export const DECODING = 'decoding alone'
export const OURS = 'Fieldreel'
/** Hash, frame index, poster, cuts, pictures of the scenes, sprite. */
export const WHOLE = 'whole import'

/**
 * @param {Video} video
 * @param {Labels | null} labels
 * @param {Comparison} comparison
 * @returns {Promise<Method[]>}
 */
async function peers(video, labels, { python, folder, signal }) {
  const scores = await readScores(video, signal)
  /** @type {Method[]} */
  const methods = []
  for (const name of /** @type {(keyof typeof FILTERS)[]} */ (Object.keys(FILTERS))) {
    if (!video.tools.filters.has(name)) continue
    const { threshold, frames } = cutsOf(name, scores, labels)
    const run = async () => ({ ...(await decode(video, { signal, graph: FILTERS[name].graph(threshold) })), frames })
    methods.push({ kind: kindOf(name), name: `${kindOf(name)}, t = ${threshold}`, run })
  }
  for (const method of python ? METHODS : []) {
    const name = `PySceneDetect ${method.replace('detect-', '')}`
    if (python) methods.push({ kind: name, name, run: () => pySceneDetect(video, { python, method, folder, signal }) })
  }
  return methods
}

/** @param {readonly Cost[]} runs */
function medianOf(runs) {
  const median = (/** @type {readonly (number | null)[]} */ values) => {
    const known = values.filter((value) => value !== null)
    return known.length < values.length ? null : quantile(known, 0.5)
  }
  return {
    seconds: quantile(
      runs.map(({ seconds }) => seconds),
      0.5,
    ),
    cpu: median(runs.map(({ cpu }) => cpu)),
    memory: median(runs.map(({ memory }) => memory)),
  }
}

/**
 * CPU seconds of decoding alone. It costs no more than decoding and filtering: where it was measured so, something else
 * on the machine was, and our detector may not gain by it.
 * @param {readonly { kind: string, cost: Cost }[]} rows
 */
function decodingOf(rows) {
  const filtering = Object.keys(FILTERS).map((name) => kindOf(name))
  const costs = rows.filter(({ kind }) => kind === DECODING || filtering.includes(kind)).map(({ cost }) => cost.cpu)
  const known = costs.filter((cpu) => cpu !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** @param {string} filter */
const kindOf = (filter) => `ffmpeg ${filter}`

/**
 * Measures each method as often as asked, all of them in each round: whatever else the machine does hits them alike.
 * @param {Video} video
 * @param {Labels | null} labels
 * @param {Comparison} comparison
 * @returns {Promise<Row[]>}
 */
export async function compare(video, labels, comparison) {
  const { modules, folder, repeats, signal } = comparison
  /** @type {Method[]} */
  const methods = [
    { kind: DECODING, name: DECODING, run: () => decode(video, { signal }) },
    { kind: OURS, name: OURS, run: () => detect(video, { module: modules.detection, signal }) },
    { kind: WHOLE, name: WHOLE, run: () => importWhole(video, { module: modules.whole, folder, signal }) },
    ...(comparison.quick ? [] : await peers(video, labels, comparison)),
  ]
  const results = methods.map((method) => ({
    ...method,
    answers: /** @type {Awaited<ReturnType<Method['run']>>[]} */ ([]),
  }))
  for (let round = 0; round < repeats; round++) for (const { run, answers } of results) answers.push(await run())
  const rows = results.map(({ kind, name, answers }) => {
    const frames = answers[0]?.frames ?? null
    const runs = answers.map(({ cost }) => cost)
    const isSteady = new Set(answers.map((answer) => String(answer.frames))).size === 1
    const cost = medianOf(runs)
    const edits = (answers[0]?.candidates ?? []).filter((candidate) => candidate.kind !== 'drift')
    const judged = labels ? judgeEach(edits, labels) : []
    return { kind, name, cost, runs, frames, judged, score: frames && labels && score(frames, labels), isSteady }
  })
  const bare = decodingOf(rows)
  return rows.map((row) => ({ ...row, ratio: row.cost.cpu === null || bare === null ? null : row.cost.cpu / bare }))
}
