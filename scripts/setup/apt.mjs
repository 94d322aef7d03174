// @ts-check
import { existsSync } from 'node:fs'
import { command, tryCommand } from './command.mjs'

const APT = '/usr/bin/apt-get'
const OPTIONS = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
const ENV = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

/** Whether this machine takes Debian packages at all. */
export function hasApt() {
  return process.platform === 'linux' && existsSync(APT)
}

/** Whether set-up may install them itself: only where that asks nobody for a password. */
export function mayInstall() {
  return hasApt() && process.getuid?.() === 0
}

/**
 * What a person has to type to install the packages.
 * @param {readonly string[]} packages
 */
export function installCommand(packages) {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * Installs Debian or Ubuntu packages, by the names Debian 12 gives them.
 * @param {readonly string[]} packages
 * @throws {Error} when apt fails; its last lines are in the message
 */
export async function aptInstall(packages) {
  await command(APT, ['update', '-qq'], { env: ENV })
  const names = await Promise.all(packages.map(currentName))
  await command(APT, ['install', ...OPTIONS, ...names], { env: ENV })
}

/**
 * Ubuntu 24.04 and Debian 13 renamed libraries whose time_t grew: libgtk-3-0 became libgtk-3-0t64.
 * @param {string} name
 */
async function currentName(name) {
  const { status, output } = await tryCommand('apt-cache', ['show', '--no-all-versions', `${name}t64`], { env: ENV })
  return status === 0 && output.startsWith('Package:') ? `${name}t64` : name
}
