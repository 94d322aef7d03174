// @ts-check
// Opens the window: `npm start [-- FILE… --data DIR]`.
import { ensureBuilt } from './build.mjs'
import { runInPlace } from './child.mjs'
import { openDisplay } from './display.mjs'
import { findElectron } from './setup/electron.mjs'
import { callerFolder, root } from './setup/folders.mjs'
import { runScript } from './setup/report.mjs'

/**
 * Chromium's switches for this machine.
 * @param {{ virtual: boolean, superuser: boolean }} machine
 */
export function electronSwitches({ virtual, superuser }) {
  return [
    // Chromium refuses to run as root inside its sandbox
    ...(superuser ? ['--no-sandbox'] : []),
    // a virtual display has no graphics card, which Chromium would complain about at length
    ...(virtual ? ['--disable-gpu', '--log-level=3'] : []),
  ]
}

async function start() {
  await ensureBuilt()
  const electron = await findElectron()
  if (!electron) throw new Error('There is no Electron yet: run “npm run setup -- --window”.')
  const display = await openDisplay()
  const superuser = process.platform === 'linux' && process.getuid?.() === 0
  const switches = electronSwitches({ virtual: display.virtual, superuser })
  const env = { ...process.env, ...display.env }
  delete env['ELECTRON_RUN_AS_NODE'] // set in some editors' terminals
  // the app first: its own arguments are counted from there
  const args = [root, ...switches, ...process.argv.slice(2)]
  const status = await runInPlace(electron.executable, args, {
    cwd: callerFolder(),
    env,
    apart: true,
    holds: display.heldBy,
  })
  display.close()
  return status
}

if (process.argv[1] === import.meta.filename) await runScript(start)
