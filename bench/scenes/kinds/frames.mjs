// @ts-check
// What the detector sees of a film, kept on the disk: frames of 48 × 27 with their times, and which of them are left when
// the others are skipped.
import fs from 'node:fs/promises'
import path from 'node:path'
import v8 from 'node:v8'

/** @typedef {import('../engine.mjs').Video} Video */
/** @typedef {import('./library.mjs').Film} Film */
/** @typedef {{ time: number, pixels: Uint8Array }} Frame */
/**
 * @typedef {object} KeptFilm
 * @property {Omit<Film, 'file'>} film
 * @property {{ frames: Uint8Array, durationSeconds: number, pixels: number | undefined }} detection what our detector is told
 * @property {readonly Frame[]} all
 * @property {readonly Frame[]} references
 */

/**
 * @param {typeof import('../../../main/engine/scenes/analysis-frames.ts').readAnalysisFrames} read
 * @param {Video} video
 * @param {Film} film
 * @param {string} folder
 */
export async function keepFrames(read, { tools, path: file, detection }, { file: _, ...film }, folder) {
  const decode = async (/** @type {boolean} */ onlyReferences) => {
    /** @type {Frame[]} */
    const frames = []
    const take = (/** @type {number} */ time, /** @type {Uint8Array} */ pixels) => frames.push({ time, pixels }) > 0
    await read(tools, file, take, { threads: 2, onlyReferences })
    return frames
  }
  const { frames, durationSeconds, pixels } = detection
  const kept = {
    film,
    detection: { frames, durationSeconds, pixels },
    all: await decode(false),
    references: await decode(true),
  }
  await fs.mkdir(folder, { recursive: true })
  const name = `${film.kind.replaceAll(/[^a-z0-9]+/gi, '-')}-${film.seed}.bin`
  await fs.writeFile(path.join(folder, name), v8.serialize(kept))
}

/**
 * @param {string} folder
 * @returns {AsyncGenerator<KeptFilm>} in order of their names
 */
export async function* keptFilms(folder) {
  for (const name of (await fs.readdir(folder)).filter((file) => file.endsWith('.bin')).sort()) {
    yield v8.deserialize(await fs.readFile(path.join(folder, name)))
  }
}
