// @ts-check
// The films of all kinds on the disk: made once for each state of the generator.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { cacheFolder } from '../../../scripts/setup/folders.mjs'
import { usualCodec } from './codecs.mjs'
import { clockOf, makeFilm } from './film.mjs'
import { OWN_TAKES, readTakes, readWith } from './footage.mjs'
import { planOf } from './index.mjs'
import { Random } from './random.mjs'

/** @typedef {import('../engine.mjs').FfmpegTools} FfmpegTools */
/** @typedef {import('../score.mjs').Labels} Labels */
/** @typedef {import('./plans.mjs').Kind} Kind */
/**
 * @typedef {object} Film
 * @property {string} kind
 * @property {number} seed
 * @property {string} file
 * @property {number} frames
 * @property {number} rate frames a second
 * @property {Labels} truth in frames
 * @property {{ hard: number[], gradual: { start: number, end: number }[] }} seconds the same
 */

/** Bytes that films of former runs may take. */
const MOST_KEPT = 2e9

/** Makes films, or finds those that were made before. */
export class FilmLibrary {
  /**
   * @param {{ tools: FfmpegTools, folder: string, height: number, takes: readonly import('./footage.mjs').Take[], sources: string }} made
   */
  constructor({ tools, folder, height, takes, sources }) {
    this.tools = tools
    this.folder = folder
    this.height = height
    this.takes = takes
    this.sources = sources
  }

  /**
   * @param {FfmpegTools} tools
   * @param {{ height: number, clips?: string | undefined, folder?: string, takes?: readonly import('./footage.mjs').Take[] }} options
   *   `clips`: a folder of more footage than `takes`
   */
  static async open(tools, { height, clips, folder = path.join(cacheFolder(), 'kinds'), takes: own = OWN_TAKES }) {
    await fs.mkdir(folder, { recursive: true })
    const takes = [...own, ...(clips === undefined ? [] : await readTakes(clips))]
    readWith(tools.ffmpeg)
    const names = (await fs.readdir(import.meta.dirname)).sort()
    const hash = createHash('sha256').update(`${tools.version} ${height} ${JSON.stringify(takes)}`)
    for (const name of names) hash.update(await fs.readFile(path.join(import.meta.dirname, name)))
    return new FilmLibrary({ tools, folder, height, takes, sources: hash.digest('hex').slice(0, 12) })
  }

  /**
   * @param {Kind} kind
   * @param {number} seed
   * @returns {Promise<Film>}
   */
  async film(kind, seed) {
    const plan = planOf(kind, seed, this)
    if (!this.tools.encoders.has(plan.codec.encoder)) plan.codec = usualCodec(new Random(kind.name))
    const name = `${kind.name.replaceAll(/[^a-z0-9]+/gi, '-')}-${seed}`
    const file = path.join(this.folder, `${name}-${this.sources}.${plan.codec.ending}`)
    if (existsSync(file)) await fs.utimes(file, new Date(), new Date())
    else {
      const part = path.join(this.folder, `part-${process.pid}-${name}.${plan.codec.ending}`)
      await makeFilm(this.tools, plan, part)
      await fs.rename(part, file)
    }
    const { truth, moments } = plan.timeline
    const timeOf = clockOf(plan)
    const seconds = {
      hard: truth.hard.map(timeOf),
      gradual: truth.gradual.map(({ start, end }) => ({ start: timeOf(start), end: timeOf(end) })),
    }
    return { kind: kind.name, seed, file, frames: moments.length, rate: plan.rate, truth, seconds }
  }

  /** Deletes the films that were not used for the longest time. */
  async tidy() {
    const names = await fs.readdir(this.folder)
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name)
        const { size, mtimeMs } = await fs.stat(file)
        return { file, size, mtimeMs }
      }),
    )
    let kept = 0
    for (const { file, size } of files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
      kept += size
      if (kept > MOST_KEPT) await fs.rm(file, { force: true })
    }
  }
}
