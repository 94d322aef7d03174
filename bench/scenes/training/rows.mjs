// @ts-check
// The places that the detectors examine in kept films, with their features and what they are.
import fs from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { keptFilms } from '../kinds/frames.mjs'
import { labelCut, labelTransition } from './labelling.mjs'
import { runsOf, variationsOf } from './variations.mjs'

/** @typedef {import('./observe.ts').Observed} Observed */
/** @typedef {import('../score.mjs').Labels} Labels */
/** @typedef {import('./variations.mjs').Frame} Frame */
/** @typedef {import('../../../main/engine/scenes/detector.ts').AnalysisFrame} AnalysisFrame */
/**
 * @typedef {object} Place
 * @property {string} kind
 * @property {number} seed
 * @property {0 | 1} label
 * @property {number} at frame
 * @property {Readonly<Record<string, number>>} features
 */

/** Shorter runs are not varied. */
const LEAST_FRAMES = 15
/** Pairs of varied films a seed. */
const MOST_VARIATIONS = 60

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..')

/** @param {string} folder @returns {Promise<typeof import('./observe.ts')>} */
async function bundle(folder) {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'observe.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'observe.mjs' } },
    },
  })
  return await import(pathToFileURL(path.join(folder, 'observe.mjs')).href)
}

/**
 * @param {readonly string[]} caches folders with kept films
 * @param {string} folder temporary
 * @returns {Promise<{ cuts: Place[], transitions: Place[] }>}
 */
export async function readPlaces(caches, folder) {
  await fs.mkdir(folder, { recursive: true })
  const { observeCuts, observeTransitions, numbered } = await bundle(folder)
  /** @type {{ cuts: Place[], transitions: Place[] }} */
  const places = { cuts: [], transitions: [] }
  const observe = (
    /** @type {string} */ kind,
    /** @type {number} */ seed,
    /** @type {Labels} */ truth,
    /** @type {AnalysisFrame[]} */ frames,
  ) => {
    const take = (
      /** @type {Place[]} */ into,
      /** @type {Observed[]} */ found,
      /** @type {typeof labelCut} */ labelOf,
    ) => {
      for (const place of found) {
        const label = labelOf(place, truth)
        if (label !== null) into.push({ kind, seed, label, at: place.at, features: place.features })
      }
    }
    take(places.cuts, observeCuts(frames), labelCut)
    take(places.transitions, observeTransitions(frames), labelTransition)
  }
  /** @type {Map<number, (readonly Frame[])[]>} runs of each seed, so that no film of one seed shows what another does */
  const runs = new Map()
  for (const cache of caches) {
    for await (const { film, all, references } of keptFilms(path.resolve(cache))) {
      const { kind, seed, truth } = film
      for (const read of [all, references]) observe(kind, seed, truth, numbered(all, read))
      if (truth.hard.length > 1) runs.set(seed, [...(runs.get(seed) ?? []), ...runsOf(all, truth, LEAST_FRAMES)])
    }
  }
  for (const [seed, some] of runs) {
    for (let film = 0; film < Math.min(MOST_VARIATIONS, some.length); film++) {
      for (const { frames, truth } of variationsOf(some, 1000 * seed + film)) {
        observe(truth.gradual.length > 0 ? 'joined' : 'lit', seed, truth, numbered(frames, frames))
      }
    }
  }
  return places
}
