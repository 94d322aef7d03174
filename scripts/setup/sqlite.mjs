// @ts-check
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { aptInstall, installCommand, hasApt, mayInstall } from './apt.mjs'
import { command, tryCommand } from './command.mjs'
import { findElectron } from './electron.mjs'
import { cacheFolder, root } from './folders.mjs'
import { withProgress } from './report.mjs'

/*
 * better-sqlite3 13 ships Node-API 10 binaries (Node 22.14, Electron 35 and later) and those are used wherever they
 * load. An older runtime gets the same source, built once as Node-API 9, where the package looks first.
 */

const HEADER = path.join(import.meta.dirname, 'native', 'napi9-compat.h')
const PACKAGE = path.join(root, 'node_modules', 'better-sqlite3')
const BUILT = path.join(PACKAGE, 'build', 'Release', 'better_sqlite3.node')
const SOURCES = ['binding.gyp', 'package.json', 'deps', 'src', 'lib']
const PROBE = `new (require('better-sqlite3'))(':memory:').exec('create virtual table t using fts5(x)')`
const COMPILERS = ['g++', 'make', 'python3']

/**
 * A binary for a newer Node-API is a segmentation fault here, not an error: only a child process may try it.
 * @param {string} executable
 * @param {NodeJS.ProcessEnv} [env]
 */
async function loads(executable, env) {
  const { status } = await tryCommand(executable, ['-e', PROBE], { cwd: root, timeoutSeconds: 60, ...(env && { env }) })
  return status === 0
}

/** The cache's file for this source, header and machine. */
async function cachedFile() {
  const { version } = JSON.parse(await fs.readFile(path.join(PACKAGE, 'package.json'), 'utf8'))
  const libc = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport()).header
  const key = createHash('sha256')
    .update(await fs.readFile(HEADER))
    .update(await fs.readFile(path.join(PACKAGE, 'binding.gyp')))
    .update([process.platform, process.arch, libc.glibcVersionRuntime ?? ''].join())
  return path.join(cacheFolder(), `better_sqlite3-${String(version)}-napi9-${key.digest('hex').slice(0, 12)}.node`)
}

async function requireCompiler() {
  if (process.platform === 'win32') {
    throw new Error(`SQLite's binary does not load in Node ${process.versions.node}. Use Node 22.14 or newer.`)
  }
  const found = await Promise.all(COMPILERS.map((name) => tryCommand(name, ['--version'])))
  if (found.every(({ status }) => status === 0)) return
  if (mayInstall()) return aptInstall(COMPILERS)
  const remedy = hasApt() ? installCommand(COMPILERS) : 'Install a C++ compiler, make and Python 3'
  throw new Error(`SQLite has to be built for Node ${process.versions.node}, or use Node 22.14 or newer.\n  ${remedy}`)
}

/**
 * Copies the source aside, so that nothing in node_modules is edited, and builds it there.
 * @param {string} target
 */
async function build(target) {
  await fs.mkdir(cacheFolder(), { recursive: true })
  const work = await fs.mkdtemp(path.join(cacheFolder(), 'sqlite-'))
  try {
    for (const name of SOURCES) await fs.cp(path.join(PACKAGE, name), path.join(work, name), { recursive: true })
    await fs.copyFile(HEADER, path.join(work, 'napi9-compat.h'))
    const require = createRequire(path.join(PACKAGE, 'package.json'))
    const addonApi = path.dirname(require.resolve('node-addon-api/package.json'))
    await fs.cp(addonApi, path.join(work, 'node_modules', 'node-addon-api'), { recursive: true })
    await compile(work)
    await replaceFile(path.join(work, 'build', 'Release', 'better_sqlite3.node'), target)
  } finally {
    await fs.rm(work, { recursive: true, force: true })
  }
}

/** @param {string} work */
async function compile(work) {
  const gyp = path.join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  const prefix = path.resolve(await fs.realpath(process.execPath), '..', '..')
  // Node's headers often lie beside it; node-gyp downloads them otherwise
  const nodedir = existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : []
  // relative to the build folder make runs in: a path with spaces would not survive its flags
  const flags = '-UNAPI_VERSION -DNAPI_VERSION=9 -include ../napi9-compat.h'
  const env = { CXXFLAGS: [process.env['CXXFLAGS'], flags].filter(Boolean).join(' ') }
  await command(process.execPath, [gyp, 'rebuild', '--release', '--force_build=1', '-j', 'max', ...nodedir], {
    cwd: work,
    env,
  })
}

/**
 * Never writes into a file that a running process may have loaded: a new one takes its name.
 * @param {string} from
 * @param {string} to
 */
async function replaceFile(from, to) {
  await fs.mkdir(path.dirname(to), { recursive: true })
  const temporary = `${to}.${String(process.pid)}`
  await fs.copyFile(from, temporary)
  await fs.rename(temporary, to)
}

/**
 * @param {{ window: boolean }} purpose with `window`, the prepared Electron has to load it too
 * @returns {import('../setup.mjs').Step}
 */
export function sqlite({ window }) {
  async function check() {
    const electron = window ? await findElectron() : null
    if (window && !electron) return null
    const [inNode, inElectron] = await Promise.all([
      loads(process.execPath),
      electron ? loads(electron.executable, { ELECTRON_RUN_AS_NODE: '1' }) : true,
    ])
    if (!inNode || !inElectron) return null
    return existsSync(BUILT) ? 'built for Node-API 9' : "the package's own binary"
  }
  async function make() {
    const cached = await cachedFile()
    if (existsSync(cached)) {
      await replaceFile(cached, BUILT)
      if (await check()) return
    }
    await requireCompiler()
    await withProgress('Building SQLite for this Node (once, one to two minutes)', () => build(cached))
    await replaceFile(cached, BUILT)
  }
  return { title: 'SQLite', check, make }
}
