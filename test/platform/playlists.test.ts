import { execFile } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { addImports, listImports, listVideos } from '../../main/contract/index.ts'
import { probeVideo, readFrameIndex } from '../../main/engine/media/index.ts'
import { inputArguments, resolveFfmpeg, runFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FRIDAY } from '../fixtures/clips.ts'
import { ask, openEngine } from '../support/engine.ts'
import { folderForAll, temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

// Files that name other files or addresses, called as videos are. ffmpeg tells what a file is by its content.

const run = promisify(execFile)
const tools = await resolveFfmpeg()
const NAMES = ['film.mp4', 'film.webm', 'data'] as const

/** Content of each kind that makes ffmpeg open the film `secret.mp4` or `secret.ts` beside it. */
const PLAYLISTS: Readonly<Record<string, string>> = {
  concat: 'ffconcat version 1.0\nfile secret.mp4\n',
  'concat with a cut': 'ffconcat version 1.0\nfile secret.mp4\ninpoint 1\noutpoint 3\n',
  hls: '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:7,\nsecret.ts\n#EXT-X-ENDLIST\n',
  'hls of playlists': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\nlist.m3u8\n',
  dash: `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT7S" minBufferTime="PT1S"
  profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4">
<Representation id="1" bandwidth="100000" codecs="avc1.42c00d"><BaseURL>secret.mp4</BaseURL><SegmentBase/>
</Representation></AdaptationSet></Period></MPD>`,
}

let folder = ''

beforeAll(async () => {
  folder = await folderForAll()
  await copyFile(FRIDAY, path.join(folder, 'secret.mp4'))
  await ffmpeg('-i', FRIDAY, '-c:v', 'libx264', '-preset', 'ultrafast', '-an', path.join(folder, 'secret.ts'))
  await writeFile(path.join(folder, 'list.m3u8'), PLAYLISTS['hls']!)
}, 60_000)

async function playlist(kind: string, name: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, PLAYLISTS[kind]!)
  return file
}

const PACKETS = ['-t', '0.2', '-c', 'copy', '-f', 'framecrc', 'pipe:1']

/** Whether ffmpeg as it is, without our guard, reads something of the secret film. */
async function opensUnguarded(file: string): Promise<boolean> {
  const { stdout } = await run(tools.ffmpeg, ['-v', 'error', '-i', `file:${file}`, ...PACKETS]).catch(() => ({
    stdout: '',
  }))
  return /^\d, /m.test(stdout)
}

describe.each(Object.keys(PLAYLISTS))('a %s that is called a video', (kind) => {
  it.each(NAMES)('%s opens nothing', async (name) => {
    const file = await playlist(kind, name)
    // Only a file that this ffmpeg opens without the guard proves that the guard works.
    const isOpened = await opensUnguarded(file)
    if (kind.startsWith('concat')) expect(isOpened).toBe(true)
    const refused = { code: 'media_failed' }
    await expect(runFfmpeg(tools, [...inputArguments(file), ...PACKETS], { stdout: 'buffer' })).rejects.toMatchObject(
      refused,
    )
    if (name !== 'data') return
    // As it lies in the library while it is looked at.
    await expect(probeVideo(tools, file)).rejects.toMatchObject({ code: 'invalid_video' })
    await expect(readFrameIndex(tools, file, { startSeconds: 0 })).rejects.toMatchObject(refused)
  })
})

it('a playlist of each kind is one that this ffmpeg would open', async () => {
  const opened: string[] = []
  for (const kind of Object.keys(PLAYLISTS)) if (await opensUnguarded(await playlist(kind, 'data'))) opened.push(kind)
  // A small build may know less; the whole of ffmpeg knows them all.
  expect(opened).toEqual(tools.source === 'system' ? Object.keys(PLAYLISTS) : expect.arrayContaining(['concat']))
})

it('a playlist that is imported is no video, and nothing of what it names comes into the library', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  const engine = await openEngine(data)
  const file = await playlist('concat', 'film.mp4')
  await ask(engine, addImports, { paths: [file] })
  const ended = await until('its end', async () => {
    const [only] = (await ask(engine, listImports, {})).imports
    return only?.finishedAt !== null && only
  })
  expect(ended).toMatchObject({ status: 'failed', errorCode: 'invalid_video' })
  expect((await ask(engine, listVideos, {})).total).toBe(0)
})

describe('an address within a file', () => {
  it.each(['http', 'tcp'])('of %s is not asked, even if its kind of file were opened', async (protocol) => {
    let asked = 0
    const server = createServer((_request, response) => void response.end('nothing'))
    server.on('connection', () => (asked += 1))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/secret.ts`
    const file = path.join(folder, `${protocol}.mp4`)
    await writeFile(file, `ffconcat version 1.0\nfile ${url}\n`)
    const unsafe = ['-safe', '0']
    // With a list of protocols that holds it, it is.
    const open = ['-protocol_whitelist', 'file,tcp,http', '-f', 'concat', ...unsafe]
    await run(tools.ffmpeg, ['-v', 'error', ...open, '-i', `file:${file}`, ...PACKETS], { timeout: 5000 }).catch(
      () => undefined,
    )
    expect(asked).toBeGreaterThan(0)
    asked = 0
    const formats = ['-format_whitelist', 'concat,mpegts,mov', '-f', 'concat', ...unsafe]
    await expect(runFfmpeg(tools, [...inputArguments(file, formats), ...PACKETS])).rejects.toMatchObject({
      code: 'media_failed',
    })
    expect(asked).toBe(0)
    server.closeAllConnections()
    server.close()
  })
})
