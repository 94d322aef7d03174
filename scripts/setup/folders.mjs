// @ts-check
import os from 'node:os'
import path from 'node:path'

/** The repository's root. */
export const root = path.resolve(import.meta.dirname, '..', '..')

/**
 * Where downloads and builds that outlive `node_modules` are kept.
 * `FIELDREEL_CACHE` wins, else the platform's usual cache folder.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env['FIELDREEL_CACHE']) return path.resolve(env['FIELDREEL_CACHE'])
  const home = os.homedir()
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'fieldreel')
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'fieldreel')
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'fieldreel')
}

/**
 * The folder the person typed the command in: npm changes to the root and leaves the former one in INIT_CWD.
 * A script started without npm is in that folder already, whatever an outer npm may have left behind.
 */
export function callerFolder() {
  const here = process.cwd()
  return path.resolve(here) === root ? (process.env['INIT_CWD'] ?? here) : here
}
