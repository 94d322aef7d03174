import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Victim } from '../kill/victim.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const serve = (data: string, host: string, key?: string): Victim =>
  Victim.start('serve', ['--port', '0', '--data', data, '--host', host, '--no-tls'], {
    FIELDREEL_API_KEY: key ?? '',
  })

describe('a weak key of the owner', { timeout: 60_000 }, () => {
  it('is served to this machine, with a warning, and to no other', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const local = serve(data, '127.0.0.1', 'a')
    expect(await local.firstLine()).toContain('listening')
    expect(local.said).toContain('has 1 characters; 16 are needed')
    await local.stop()
    const open = serve(data, '0.0.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa')
    expect([await open.firstLine(), await open.ended()]).toEqual([null, 1])
    expect(open.said).toContain('serves this machine only')
    // The key of the first start still lets in: leaving it out does not help.
    const later = serve(data, '0.0.0.0')
    expect([await later.firstLine(), await later.ended()]).toEqual([null, 1])
  })

  it('is replaced by a strong one', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const local = serve(data, '127.0.0.1', 'a')
    await local.firstLine()
    await local.stop()
    const open = serve(data, '0.0.0.0', 'my_secret_key_of_20_letters')
    expect(await open.firstLine()).toContain('listening')
    await open.stop()
    const later = serve(data, '0.0.0.0')
    expect(await later.firstLine()).toContain('listening')
    await later.stop()
  })
})
