// @ts-check
// Learns the models of cuts and of slow transitions from kept films: `node bench/scenes/training/train.mjs FOLDER…`, after
// `npm run bench -- kinds --frames-cache FOLDER`. What the models say of films they have not seen calibrates them.
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import v8 from 'node:v8'
import { parseArgs } from 'node:util'
import { Random } from '../kinds/random.mjs'
import { calibrate, growTrees, sumOfTrees } from './boosting.mjs'
import { readPlaces } from './rows.mjs'

/** @typedef {import('./rows.mjs').Place} Place */

const DETECTORS = path.resolve(import.meta.dirname, '..', '..', '..', 'main', 'engine', 'scenes', 'detectors')
const GROWTH = {
  cut: { trees: 240, depth: 4, rate: 0.06, leastWeight: 3, flattening: 3, columns: 0.5, rows: 0.6 },
  transition: { trees: 320, depth: 4, rate: 0.06, leastWeight: 8, flattening: 8, columns: 0.5, rows: 0.6 },
}
const QUICK_GROWTH = { trees: 60, depth: 3, rate: 0.15, leastWeight: 5, flattening: 5, columns: 0.8, rows: 0.6 }
/** Share of the true places that the first look may lose. */
const MOST_LOST = { cut: 0.002, transition: 0.02 }
/** Features of the first look come before this one. */
const FIRST_SLOW = { cut: 'mismatch', transition: 'telling' }
const FOLDS = 3
/** A kind drawn with so many seeds has weight 1. */
const USUAL_SEEDS = 3

/**
 * @param {'cut' | 'transition'} name
 * @param {readonly Place[]} places
 */
async function learn(name, places) {
  const names = Object.keys(places[0]?.features ?? {})
  const quickNames = names.slice(0, names.indexOf(FIRST_SLOW[name]))
  const quick = learnTrees(places, quickNames, QUICK_GROWTH)
  const all = learnTrees(places, names, GROWTH[name])
  const positive = quick.unseen.flatMap(({ sum, label }) => (label === 1 ? [sum] : [])).sort((a, b) => a - b)
  const least = Number((positive[Math.floor(MOST_LOST[name] * positive.length)] ?? 0).toPrecision(4))
  const calibration = calibrate(all.unseen).map((pair) => pair.map((value) => Number(value.toPrecision(4))))
  const model = { quick: { ...quick.grown, least }, all: all.grown, calibration }
  await fs.writeFile(path.join(DETECTORS, `${name}-model.json`), `${JSON.stringify(model)}\n`)
  const promising = quick.unseen.filter(({ sum }) => sum >= least).length
  process.stdout.write(`${name}: the first look leaves ${promising} of ${places.length}\n`)
  report(name, all.unseen)
}

/**
 * @param {readonly Place[]} places
 * @param {readonly string[]} features
 * @param {Omit<import('./boosting.mjs').Growth, 'random'>} growth
 */
function learnTrees(places, features, growth) {
  const weights = weightsOf(places)
  const rows = places.map(({ kind, label, features: values }) => ({
    label,
    weight: weights.get(kind) ?? 1,
    features: features.map((one) => values[one] ?? 0),
  }))
  const grow = (/** @type {typeof rows} */ some) =>
    growTrees(some, { ...growth, random: new Random(`${features.length} features`) })
  // What trees say of films that they have not seen.
  const unseen = Array.from({ length: FOLDS }, (_, fold) => {
    const isOut = (/** @type {number} */ at) => (places[at]?.seed ?? 0) % FOLDS === fold
    const grown = grow(rows.filter((_, at) => !isOut(at)))
    return rows.flatMap((row, at) =>
      isOut(at)
        ? [{ sum: sumOfTrees(grown, row.features), label: row.label, weight: row.weight, kind: places[at]?.kind ?? '' }]
        : [],
    )
  }).flat()
  const { base, trees } = grow(rows)
  return { grown: { features, base: Number(base.toPrecision(6)), trees }, unseen }
}

/**
 * Every kind counts the same, whether it was drawn with many seeds or few: else what there are many films of would seem likely.
 * @param {readonly Place[]} places
 */
function weightsOf(places) {
  /** @type {Map<string, Set<number>>} */
  const seeds = new Map()
  for (const { kind, seed } of places) seeds.set(kind, (seeds.get(kind) ?? new Set()).add(seed))
  return new Map([...seeds].map(([kind, some]) => [kind, USUAL_SEEDS / some.size]))
}

/**
 * @param {string} name
 * @param {readonly { sum: number, label: number, kind: string }[]} unseen
 */
function report(name, unseen) {
  /** @type {Map<string, { places: number, true: number, missed: number, wrong: number }>} */
  const kinds = new Map()
  for (const { sum, label, kind } of unseen) {
    const row = kinds.get(kind) ?? { places: 0, true: 0, missed: 0, wrong: 0 }
    row.places++
    row.true += label
    row.missed += Number(label === 1 && sum < 0)
    row.wrong += Number(label === 0 && sum >= 0)
    kinds.set(kind, row)
  }
  const all = [...kinds.values()]
  const sumOf = (/** @type {'places' | 'true' | 'missed' | 'wrong'} */ field) =>
    all.reduce((sum, row) => sum + row[field], 0)
  process.stdout.write(
    `${name}: ${sumOf('places')} places, ${sumOf('true')} true; missed ${sumOf('missed')}, wrong ${sumOf('wrong')}\n`,
  )
  for (const [kind, row] of kinds) {
    if (row.missed + row.wrong > 0)
      process.stdout.write(`  ${kind}: ${row.true} true, missed ${row.missed}, wrong ${row.wrong}\n`)
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, rows: { type: 'string' } },
})
if (positionals.length === 0)
  throw new Error('Which folders? `npm run bench -- kinds --frames-cache FOLDER` fills one.')
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-training-'))
try {
  const kept =
    values.rows !== undefined && existsSync(values.rows) ? v8.deserialize(await fs.readFile(values.rows)) : null
  const places = kept ?? (await readPlaces(positionals, folder))
  if (values.rows !== undefined && !kept) await fs.writeFile(values.rows, v8.serialize(places))
  const { cuts, transitions } = places
  if (values.only !== 'transition') await learn('cut', cuts)
  if (values.only !== 'cut') await learn('transition', transitions)
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
