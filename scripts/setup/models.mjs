// @ts-check
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { root } from './folders.mjs'
import { packageFiles } from './models/package-files.mjs'

/*
 * The models that look at pictures. They are in npm packages, some for TensorFlow.js: those are translated to ONNX, so
 * that one runtime runs all of them.
 */

const FOLDER = path.join(root, 'resources', 'models')
const SOURCES = path.join(import.meta.dirname, 'models')
const APACHE = 'LICENSE-Apache-2.0.txt'

/** @typedef {{ name: string, type: string, shape: readonly (number | string)[] }} Port */
/**
 * @typedef {object} ModelFile
 * @property {string} file
 * @property {string} package name@version
 * @property {string} licence
 * @property {string[]} licenceFiles
 * @property {number} bytes
 * @property {string} sha256
 * @property {Port[]} inputs
 * @property {Port[]} outputs
 */
/** @typedef {{ recipe: string, files: ModelFile[] }} Manifest `recipe` stands for the scripts that made the files */

/** @type {import('../setup.mjs').Step} */
export const models = {
  title: 'Models',
  async check() {
    const manifest = await readManifest()
    if (manifest?.recipe !== (await recipeHash())) return null
    for (const { file, bytes } of manifest.files) {
      const stat = await fs.stat(path.join(FOLDER, file)).catch(() => null)
      if (stat?.size !== bytes) return null
    }
    return `${String(manifest.files.length)} files`
  },
  async make() {
    // only now: they take npm packages, which an earlier step installs
    const { recipes } = await import('./models/recipes.mjs')
    await fs.mkdir(path.dirname(FOLDER), { recursive: true })
    const work = await fs.mkdtemp(`${FOLDER}-`)
    await fs.chmod(work, 0o755)
    try {
      await fs.copyFile(path.join(SOURCES, 'apache-2.0.txt'), path.join(work, APACHE))
      const files = []
      for (const recipe of recipes) files.push(await makeFile(recipe, work))
      const manifest = JSON.stringify({ recipe: await recipeHash(), files }, null, 2)
      await fs.writeFile(path.join(work, 'manifest.json'), `${manifest}\n`)
      await fs.rm(FOLDER, { recursive: true, force: true })
      await fs.rename(work, FOLDER)
    } finally {
      await fs.rm(work, { recursive: true, force: true })
    }
  },
}

/** @returns {Promise<Manifest | null>} */
async function readManifest() {
  const json = await fs.readFile(path.join(FOLDER, 'manifest.json'), 'utf8').catch(() => null)
  return json === null ? null : /** @type {Manifest} */ (JSON.parse(json))
}

/** Another one when anything changed that decides what the files are: they are made anew then. */
async function recipeHash() {
  const names = (await fs.readdir(SOURCES)).sort()
  const scripts = await Promise.all(
    [import.meta.filename, ...names.map((name) => path.join(SOURCES, name))].map((file) => fs.readFile(file)),
  )
  const hash = createHash('sha256')
  for (const script of scripts) hash.update(script)
  return hash.digest('hex')
}

/**
 * @param {import('./models/recipe.mjs').Recipe} recipe
 * @param {string} work
 * @returns {Promise<ModelFile>}
 */
async function makeFile({ file, source, licence, licenceFile, make }, work) {
  const folder = await packageFiles(source)
  const content = await make(folder)
  await fs.writeFile(path.join(work, file), content)
  const own = `LICENSE-${path.parse(file).name}.txt`
  if (licenceFile) await fs.copyFile(path.join(folder, licenceFile), path.join(work, own))
  return {
    file,
    package: source.package,
    licence,
    licenceFiles: licenceFile ? [own, APACHE] : [APACHE],
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...(file.endsWith('.onnx') ? await ports(path.join(work, file)) : { inputs: [], outputs: [] }),
  }
}

/**
 * What a model takes and gives, as the runtime sees it: a model that it cannot load fails here.
 * @param {string} file
 */
async function ports(file) {
  const { InferenceSession } = await import('onnxruntime-node')
  const session = await InferenceSession.create(file)
  /** @param {typeof session.inputMetadata} all */
  const describe = (all) =>
    all.map((port) => ({
      name: port.name,
      ...(port.isTensor ? { type: port.type, shape: port.shape } : { type: '', shape: [] }),
    }))
  const described = { inputs: describe(session.inputMetadata), outputs: describe(session.outputMetadata) }
  await session.release()
  return described
}
