// @ts-check
// Where the truth about a video lies.
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'

/** @typedef {import('./score.mjs').Labels} Labels */

/**
 * Reads a labels file: the labels themselves, or labels of several videos by any name, each with its `file`, a path
 * from the folder of the labels or from the one above.
 * @param {string} labelsFile
 * @param {string} video
 * @returns {Promise<Labels | null>} null when the file is not there or is about other videos
 */
export async function readLabels(labelsFile, video) {
  if (!existsSync(labelsFile)) return null
  const content = JSON.parse(await fs.readFile(labelsFile, 'utf8'))
  const folder = path.dirname(path.resolve(labelsFile))
  const isAbout = (/** @type {any} */ entry) =>
    typeof entry?.file === 'string' &&
    [folder, path.dirname(folder)].some((from) => path.resolve(from, entry.file) === path.resolve(video))
  const entry = Array.isArray(content.hard) ? content : Object.values(content).find(isAbout)
  return entry ? { hard: entry.hard, gradual: entry.gradual ?? [], ignore: entry.ignore ?? [] } : null
}

/**
 * Labels beside a video: `NAME.cuts.json` with or without the video's own ending, or a `cuts.json` that names it, in
 * the same folder or in `labelled/`.
 * @param {string} video
 * @returns {Promise<Labels | null>}
 */
export async function findLabels(video) {
  const { dir, name, base } = path.parse(path.resolve(video))
  for (const place of [`${base}.cuts.json`, `${name}.cuts.json`, 'cuts.json', path.join('labelled', 'cuts.json')]) {
    const labels = await readLabels(path.join(dir, place), video)
    if (labels) return labels
  }
  return null
}

/**
 * The videos of a command line, each followed by its labels file where one is given.
 * @param {readonly string[]} args
 * @param {string} folder that they are relative to
 * @returns {Promise<{ file: string, labels: Labels | null }[]>}
 * @throws {Error} for a labels file that says nothing about its video
 */
export async function readSubjects(args, folder) {
  const files = args.map((file) => path.resolve(folder, file))
  const subjects = []
  for (const [at, file] of files.entries()) {
    if (isLabels(file)) continue
    const given = files[at + 1]
    const own = given !== undefined && isLabels(given) ? given : null
    const labels = own === null ? await findLabels(file) : await readLabels(own, file)
    if (own !== null && !labels) throw new Error(`${own} says nothing about ${file}.`)
    subjects.push({ file, labels })
  }
  return subjects
}

/** @param {string} file */
const isLabels = (file) => file.endsWith('.json')
