// @ts-check
import { spawn } from 'node:child_process'
import { say } from './setup/report.mjs'

const SCREEN = '1600x1000x24'

/**
 * @typedef {object} Display
 * @property {boolean} virtual nobody sees it
 * @property {NodeJS.ProcessEnv} env what a program needs to open windows on it
 * @property {import('node:stream').Writable | null} heldBy what keeps a virtual display open: it ends when this process
 *   and whatever else was handed this are gone
 * @property {() => void} close
 */

/**
 * The display there is, else a private virtual one that lasts until `close`.
 * @returns {Promise<Display>}
 * @throws {Error} when a virtual one is needed and Xvfb cannot be started
 */
export async function openDisplay() {
  const present = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']
  if (process.platform !== 'linux' || present) return { virtual: false, env: {}, heldBy: null, close: () => undefined }
  const display = await startXvfb()
  say(`No display here: using a virtual one (${display.name}, ${SCREEN}).`)
  return { virtual: true, env: { DISPLAY: display.name }, heldBy: display.heldBy, close: display.close }
}

/** @returns {Promise<{ name: string, heldBy: import('node:stream').Writable, close: () => void }>} */
function startXvfb() {
  return new Promise((resolve, reject) => {
    // -displayfd: the server looks for a free number by itself and writes it to descriptor 3
    const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp']
    // in a group of its own: a signal to all of ours would take the display away before the window has closed
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
    let complaint = ''
    server.stderr?.on('data', (bytes) => (complaint += String(bytes)))
    server.on('error', reject)
    server.on('exit', (code) => {
      reject(new Error(`Xvfb ended with ${String(code)}: ${complaint.trim()}`))
    })
    server.stdio[3]?.once('data', (bytes) => {
      const guard = startGuard(server.pid)
      const close = () => {
        guard.kill()
        server.kill()
      }
      process.once('exit', close)
      resolve({ name: `:${String(bytes).trim()}`, heldBy: guard.stdin, close })
    })
  })
}

/**
 * Ends the display when its last user is gone, however that went: killed, this process ends nothing itself. In a group
 * of its own, as the display is.
 * @param {number | undefined} display its process
 */
function startGuard(display) {
  const command = 'read -r _; kill "$1"'
  const guard = spawn('/bin/sh', ['-c', command, 'sh', String(display)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  return guard
}
