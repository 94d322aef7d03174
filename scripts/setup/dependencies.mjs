// @ts-check
import fs from 'node:fs/promises'
import path from 'node:path'
import { npm } from './command.mjs'
import { root } from './folders.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/**
 * Packages of the lock file that `node_modules` lacks or holds in another version. Optional ones may be absent
 * (they are for other platforms, or could not be installed on this one), but not outdated.
 * @param {LockedPackages} locked `packages` of package-lock.json
 * @param {LockedPackages} installed `packages` of node_modules/.package-lock.json, npm's own record of what it did
 * @returns {string[]} paths like `node_modules/zod`
 */
export function missingPackages(locked, installed) {
  return Object.entries(locked)
    .filter(([place, wanted]) => {
      const found = installed[place]
      if (place === '') return false // the project itself
      return found ? found.version !== wanted.version : !wanted.optional
    })
    .map(([place]) => place)
}

/**
 * @param {string} file
 * @returns {Promise<LockedPackages | null>} null when there is no such file
 */
async function packagesOf(file) {
  try {
    return /** @type {{ packages: LockedPackages }} */ (JSON.parse(await fs.readFile(file, 'utf8'))).packages
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** @type {import('../setup.mjs').Step} */
export const dependencies = {
  title: 'npm packages',
  async check() {
    const locked = await packagesOf(path.join(root, 'package-lock.json'))
    if (!locked) throw new Error('package-lock.json is missing: this is not a whole checkout.')
    const installed = await packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
    if (!installed || missingPackages(locked, installed).length > 0) return null
    return `${String(Object.keys(installed).length)} installed`
  },
  async make() {
    // --include=dev: NODE_ENV=production would leave the build tools out; engine warnings concern no one here
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    // an npm that does not know allowScripts yet would let this package download hundreds of megabytes for graphics cards
    await npm(args, { cwd: root, live: true, env: { ONNXRUNTIME_NODE_INSTALL: 'skip' } })
  },
}
