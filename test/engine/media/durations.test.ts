import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { editBoxes, timesDuration } from '../../support/mp4-boxes.ts'
import { folderForAll } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
let folder: string
/** 25 frames a second, 4 s, with sound. */
let film: string
/** The same without sound. */
let silent: string

beforeAll(async () => {
  folder = await folderForAll()
  film = join(folder, 'film.mp4')
  silent = join(folder, 'silent.mp4')
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-shortest', '-c:a', 'aac']
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '25', '-pix_fmt', 'yuv420p']
  await ffmpeg(...source('testsrc2=size=160x90:rate=25', 4), ...tone, ...h264, '-movflags', '+faststart', film)
  await ffmpeg('-i', film, '-map', '0:v', '-c', 'copy', silent)
}, 60_000)

async function lengthsOf(file: string) {
  const { metadata, startSeconds, playable, truncated } = await probeVideo(tools, file)
  const index = await readFrameIndex(tools, file, { startSeconds })
  return { probed: metadata.durationSeconds, indexed: index.end, playable, truncated, rate: index.rate(null) }
}

test.each([
  ['mdhd', 1 / 30, false],
  ['mdhd', 3600, true],
  ['mvhd', 3600, true],
  ['mvhd', 1 / 30, true],
  ['(mdhd|mvhd)', 1 / 30, false],
  ['(mdhd|mvhd)', 0, false],
])('packets win over a duration in %s that is %d times as long; Chromium plays it: %s', async (box, factor, plays) => {
  const file = join(folder, `duration-${box.length}-${factor.toFixed(2)}.mp4`)
  await editBoxes(silent, file, new RegExp(`${box}$`), timesDuration(factor))
  expect(await lengthsOf(file)).toMatchObject({ probed: 4, indexed: 4, playable: plays, rate: 25 })
})

test('the picture ends with its last frame where the sound goes on', async () => {
  const longer = join(folder, 'sound-longer.mp4')
  const tone = ['-f', 'lavfi', '-t', '7', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'aac']
  await ffmpeg('-i', silent, ...tone, '-c:v', 'copy', longer)
  expect(await lengthsOf(longer)).toMatchObject({ probed: 4, indexed: 4, playable: true })
})

test('a film that begins late and says only how long it is needs a copy to play to its end', async () => {
  const late = join(folder, 'late.mp4')
  await ffmpeg('-i', film, '-c', 'copy', '-output_ts_offset', '3', '-use_editlist', '1', late)
  const { probed, playable } = await lengthsOf(late)
  expect([probed, playable]).toEqual([expect.closeTo(4, 1), false])
})

test('fragments without durations last as long as their frames', async () => {
  const fragments = join(folder, 'fragments.mp4')
  await ffmpeg('-i', film, '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov+default_base_moof', fragments)
  const { probed, indexed, rate } = await lengthsOf(fragments)
  // Without an edit list the picture begins two frames late.
  expect([probed, indexed, rate]).toEqual([4.08, expect.closeTo(4.08, 6), 25])
})

test('a film whose end is missing ends with the last frame that is left, and needs a copy to play', async () => {
  const cut = join(folder, 'cut.mp4')
  const bytes = await readFile(film)
  await writeFile(cut, bytes.subarray(0, bytes.length / 2))
  const { probed, indexed, playable, truncated, rate } = await lengthsOf(cut)
  expect({ playable, truncated, rate }).toEqual({ playable: false, truncated: true, rate: 25 })
  // The last packets may be there in part: which of them make a frame is known once they are decoded.
  expect(Math.abs((probed ?? 0) - indexed)).toBeLessThan(0.2)
  expect(indexed).toBeGreaterThan(1)
  expect(indexed).toBeLessThan(3)
})

test('the last of uneven frames lasts as long as the container says, not as long as it takes to decode', async () => {
  const uneven = join(folder, 'uneven.mp4')
  const select = `select='lt(n,40)+not(mod(n,2))'`
  const times = ['-vsync', '0', '-enc_time_base', '1:90000', '-video_track_timescale', '600']
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2']
  await ffmpeg('-i', silent, '-vf', select, ...h264, ...times, uneven)
  const { probed, indexed } = await lengthsOf(uneven)
  expect([probed, indexed]).toEqual([expect.closeTo(4, 1), expect.closeTo(probed ?? 0, 2)])
})
