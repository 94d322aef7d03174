import fs from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { Secrets } from '../../main/platform/settings/index.ts'
import { silentLog } from '../support/log.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NAMES = ['media_secret', 'upload_secret', 'viewer_secret'] as const

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await temporaryFolder()
  file = path.join(folder, 'secrets.json')
})

interface Opened {
  readonly secrets: Secrets
  readonly database: Database
}

/** Opens the library's database and secrets, as a start does. */
function open(): Opened {
  const database = Database.open(path.join(folder, 'fieldreel.db'), schema)
  return { database, secrets: Secrets.open(file, silentLog) }
}

/** The secrets of a start of its own. */
function start(): string[] {
  const { secrets, database } = open()
  const all = valuesOf(secrets)
  database.close()
  return all
}

const valuesOf = (secrets: Secrets) => NAMES.map((name) => secrets.get(name).toString('base64'))

describe('the file of secrets', () => {
  it('holds 32 random bytes for each, is closed to others, and stays as it is', async () => {
    const first = start()
    expect(new Set(first).size).toBe(3)
    for (const secret of first) expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600)
    expect(start()).toEqual(first)
  })

  it('gets its mode back when others could read it', async () => {
    const first = start()
    await fs.chmod(file, 0o644)
    expect(start()).toEqual(first)
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['empty', ''],
    ['cut', '{"version":1,"secrets":{"media_secret":"AAAA'],
    ['of no JSON', 'no JSON at all'],
    ['of another shape', '{"version":1,"secrets":{}}'],
    [
      'with a short secret',
      '{"version":1,"secrets":{"media_secret":"AA=="},"revoked":{"media_secret":{},"upload_secret":{}}}',
    ],
    ['of a newer version', '{"version":2}'],
  ])('is made anew when it is %s, and the damaged one is kept', async (_how, text) => {
    const first = start()
    await fs.writeFile(file, text)
    const second = start()
    for (const secret of first) expect(second).not.toContain(secret)
    expect(await fs.readFile(`${file}.damaged`, 'utf8')).toBe(text)
    expect(start()).toEqual(second)
  })

  it('is made again when it is gone', async () => {
    const first = start()
    await fs.rm(file)
    const second = start()
    for (const secret of first) expect(second).not.toContain(secret)
  })

  it('is never read or written through a link', async () => {
    const elsewhere = path.join(folder, 'elsewhere')
    await fs.writeFile(elsewhere, 'not ours')
    await fs.symlink(elsewhere, file)
    await fs.symlink(elsewhere, `${file}.new`)
    const first = start()
    expect(await fs.readFile(elsewhere, 'utf8')).toBe('not ours')
    expect((await fs.lstat(file)).isFile()).toBe(true)
    expect(start()).toEqual(first)
  })

  it('that cannot be written leaves a library that works', async () => {
    await fs.mkdir(`${file}.new`)
    const { secrets, database } = open()
    expect(new Set(valuesOf(secrets)).size).toBe(3)
    expect(() => secrets.renew(['media_secret'])).toThrow()
    database.close()
  })
})

describe('renewing', () => {
  it('replaces those that are named for good, and leaves the rest', () => {
    const { secrets, database } = open()
    const [media, upload, viewer] = valuesOf(secrets)
    secrets.renew(['media_secret', 'upload_secret'])
    const now = valuesOf(secrets)
    expect(now[0]).not.toBe(media)
    expect(now[1]).not.toBe(upload)
    expect(now[2]).toBe(viewer)
    database.close()
    expect(start()).toEqual(now)
  })

  it('leaves the old ones when the disk refuses', async () => {
    const { secrets, database } = open()
    const before = valuesOf(secrets)
    await fs.mkdir(`${file}.new`)
    expect(() => secrets.renew(['media_secret'])).toThrow()
    expect(valuesOf(secrets)).toEqual(before)
    database.close()
    await fs.rmdir(`${file}.new`)
    expect(start()).toEqual(before)
  })
})

describe('what was taken back', () => {
  it('stays so over a restart and over an older database, until it has ended by itself', async () => {
    const hour = Date.now() + 3_600_000
    const first = open()
    const media = first.secrets.signing('media_secret')
    media.revoke('/a', hour)
    media.revoke('/ended', Date.now() - 1)
    media.revoke('/b', hour + 1)
    expect([media.revokedUntil('/a'), media.revokedUntil('/b'), media.revokedUntil('/c')]).toEqual([hour, hour + 1, 0])
    expect(first.secrets.signing('upload_secret').revokedUntil('/a')).toBe(0)
    first.database.close()
    await fs.rm(path.join(folder, 'fieldreel.db'))
    const second = open()
    expect(second.secrets.signing('media_secret').revokedUntil('/a')).toBe(hour)
    expect(await fs.readFile(file, 'utf8')).not.toContain('/ended')
    second.database.close()
  })

  it('is dropped once its secret is replaced', () => {
    const { secrets, database } = open()
    secrets.signing('media_secret').revoke('/a', Date.now() + 3_600_000)
    secrets.renew(['media_secret'])
    expect(secrets.signing('media_secret').revokedUntil('/a')).toBe(0)
    database.close()
  })

  it('of a name that every object has is nothing by itself', () => {
    const { secrets, database } = open()
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(secrets.signing('media_secret').revokedUntil(name)).toBe(0)
    }
    database.close()
  })
})
