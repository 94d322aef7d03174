import { execFileSync } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { ModelClient, DecodedFrame } from '../../main/engine/models/index.ts'
import { buildTo } from '../fixtures/built.ts'
import { decoderOf, MODELS_FOLDER, openModels } from '../support/models.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const SIZE = [320, 180] as const

/** Pictures without end, and a decoder that never gives one: only a kill ends it. */
const ENDLESS = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30']
const SILENT = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30,select=0']

/** Its processes carry the name of this test's folder in their arguments. */
async function marked(): Promise<{ marker: string; modelsFolder: string; decoder: typeof decoderOf }> {
  const folder = await temporaryFolder()
  const modelsFolder = path.join(folder, 'models')
  await symlink(MODELS_FOLDER, modelsFolder)
  const decoder: typeof decoderOf = (input, size) => decoderOf(input, size, ['-metadata', `title=${folder}`])
  return { marker: folder, modelsFolder, decoder }
}

function processes(marker: string, program: string): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args=']).toString().split('\n')
  return lines
    .filter((line) => line.includes(marker) && line.includes(program))
    .map((line) => Number.parseInt(line, 10))
}

const inference = (marker: string): number[] => processes(marker, 'inference.js')
const decoders = (marker: string): number[] => processes(marker, 'rawvideo')

async function first(pictures: AsyncIterable<DecodedFrame>): Promise<DecodedFrame> {
  for await (const picture of pictures) return picture
  throw new Error('There was no picture.')
}

async function works(models: ModelClient): Promise<boolean> {
  const picture = await first(models.decode(await decoderOf(ENDLESS, SIZE, ['-frames:v', '1'])))
  return picture.position === 0
}

test('gives every picture of the decoder, in order, and then ends', async () => {
  const models = openModels()
  const positions: number[] = []
  for await (const picture of models.decode(await decoderOf(ENDLESS, SIZE, ['-frames:v', '25']))) {
    positions.push(picture.position)
    if (picture.position % 10 === 0) await picture.detect({ minimumConfidence: 0.5 })
    picture.release()
  }
  expect(positions).toEqual(Array.from({ length: 25 }, (_, i) => i))
})

test('a decoder that fails tells its last words; pictures before that are given', async () => {
  const models = openModels()
  await expect(first(models.decode(await decoderOf(['-i', '/nowhere.mp4'], SIZE)))).rejects.toMatchObject({
    code: 'media_failed',
    message: expect.stringContaining('No such file'),
  })
  const torn = models.decode(await decoderOf(ENDLESS, [321, 180], ['-frames:v', '2']))
  const given: number[] = []
  const reading = async () => {
    for await (const { position } of torn) given.push(position)
  }
  await expect(reading()).rejects.toMatchObject({ code: 'media_failed' })
  expect(given).toEqual([0])
})

test('a decoder runs only a few pictures ahead of its reader', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder })
  const large = await decoder(['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30'], [1280, 720])
  for await (const picture of models.decode(large)) {
    if (picture.position < 2) continue // released never: the memory of these is held, and no more
    await pause(1500)
    const memory = execFileSync('ps', ['-o', 'rss=', '-p', String(inference(marker)[0])])
    // a picture is 2.8 MB; 1.5 s of them would be hundreds
    expect(Number(memory.toString()) / 1024).toBeLessThan(200)
    break
  }
})

test('a model that is not there is named', async () => {
  const models = openModels({ modelsFolder: await temporaryFolder() })
  const picture = first(models.decode(await decoderOf(ENDLESS, SIZE)))
  await expect(picture).resolves.toMatchObject({ position: 0, width: 320, height: 180 })
  const looking = async () => {
    for await (const seen of models.decode(await decoderOf(ENDLESS, SIZE)))
      await seen.detect({ minimumConfidence: 0.5 })
  }
  await expect(looking()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('nanodet.onnx'),
  })
})

test('cancelling ends the decoder and rejects the reader', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder })
  const controller = new AbortController()
  const waiting = first(models.decode(await decoder(SILENT, SIZE), controller.signal))
  const refused = expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  await until('the decoder to run', () => decoders(marker).length === 1)
  controller.abort()
  await refused
  await until('the decoder to end', () => decoders(marker).length === 0, 2000)
  await until('the idle process to end', () => inference(marker).length === 0, 5000)
  expect(await works(models)).toBe(true)
})

test('killed in the middle: waiting calls fail, its decoder ends, and the next call starts it again', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder })
  const picture = first(models.decode(await decoder(ENDLESS, SIZE)))
  const silent = expect(first(models.decode(await decoder(SILENT, SIZE)))).rejects.toMatchObject({
    code: 'unavailable',
  })
  await picture
  await until('the silent decoder to run', () => decoders(marker).length > 0)
  process.kill(inference(marker)[0]!, 'SIGKILL')
  await silent
  await until('the decoders to end', () => decoders(marker).length === 0, 2000)
  expect(await works(models)).toBe(true)
})

test('killed during a request: that request fails, too', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder })
  const looking = async () => {
    for await (const picture of models.decode(await decoder(ENDLESS, SIZE))) {
      const look = picture.read(null)
      process.kill(inference(marker)[0]!, 'SIGKILL')
      await look
    }
  }
  await expect(looking()).rejects.toMatchObject({ code: 'unavailable' })
  expect(await works(models)).toBe(true)
})

test('a process that hangs is killed, and the next call starts it again', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder, answerLimitMs: 5_000 })
  const looking = async () => {
    for await (const picture of models.decode(await decoder(ENDLESS, SIZE))) {
      process.kill(inference(marker)[0]!, 'SIGSTOP')
      await picture.detect({ minimumConfidence: 0.5 })
    }
  }
  await expect(looking()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('did not answer'),
  })
  await until('the process to end', () => inference(marker).length === 0, 5000)
  expect(await works(models)).toBe(true)
})

test('closing ends everything, and nothing starts any more', async () => {
  const { marker, modelsFolder, decoder } = await marked()
  const models = openModels({ modelsFolder })
  const silent = expect(first(models.decode(await decoder(SILENT, SIZE)))).rejects.toMatchObject({
    code: 'unavailable',
  })
  await until('the decoder to run', () => decoders(marker).length === 1)
  await Promise.all([models.close(), models.close()])
  await silent
  await until('the decoder to end', () => decoders(marker).length === 0, 2000)
  expect(inference(marker)).toEqual([])
  await expect(works(models)).rejects.toMatchObject({ code: 'unavailable' })
})

test('when its parent is killed it ends, with its decoders', async () => {
  const folder = await buildTo(path.join(import.meta.dirname, 'parent.ts'))
  const { marker, modelsFolder } = await marked()
  const { spawn } = await import('node:child_process')
  const parent = spawn(process.execPath, [
    path.join(folder, 'parent.js'),
    path.resolve('out/main/inference.js'),
    modelsFolder,
  ])
  onTestFinished(() => void parent.kill('SIGKILL'))
  await until('the decoder to run', () => decoders(marker).length === 1 && inference(marker).length >= 1)
  parent.kill('SIGKILL')
  await until('all to end', () => decoders(marker).length + inference(marker).length === 0, 3000)
})
