import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startWorker, type WorkerClient } from '../../main/platform/processes/index.ts'
import { built } from '../fixtures/built.ts'

async function worker(): Promise<WorkerClient<string, string, number>> {
  const folder = await built(join(import.meta.dirname, 'obedient-worker.ts'))
  const client = startWorker<string, string, number>(join(folder, 'obedient-worker.js'), { workerData: 'hello' })
  onTestFinished(() => client.close())
  return client
}

test('a worker answers, tells progress, and knows its data', async () => {
  const told: number[] = []
  expect(await (await worker()).request('greet', { onProgress: (at) => told.push(at) })).toBe('hello')
  expect(told).toEqual([0.5])
})

test('an error keeps its code and details, an unforeseen one its cause', async () => {
  const client = await worker()
  await expect(client.request('refuse')).rejects.toMatchObject({
    code: 'conflict',
    message: 'No.',
    details: { why: 1 },
  })
  await expect(client.request('stumble')).rejects.toMatchObject({
    code: 'internal',
    cause: { message: expect.stringContaining('stumbled') },
  })
})

test('a cancelled request ends, others go on', async () => {
  const client = await worker()
  const controller = new AbortController()
  const waiting = client.request('wait', { signal: controller.signal })
  const ended = expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  controller.abort()
  await ended
  expect(await client.request('greet')).toBe('hello')
  await expect(client.request('greet', { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' })
})

test('when the thread dies all waiting and later calls fail', async () => {
  const client = await worker()
  const waiting = expect(client.request('wait')).rejects.toMatchObject({ code: 'internal' })
  await expect(client.request('die')).rejects.toMatchObject({ code: 'internal' })
  await waiting
  await expect(client.request('greet')).rejects.toMatchObject({ code: 'internal' })
})

test('closing twice is closing once', async () => {
  const client = await worker()
  const waiting = expect(client.request('wait')).rejects.toMatchObject({ message: 'The worker was closed.' })
  await Promise.all([client.close(), client.close()])
  await waiting
})
