import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { withDatabase } from './library-check.ts'
import { Victim } from './victim.ts'

const KILLS = repeats('FIELDREEL_KILLS', { short: 4, long: 20 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_122) + 3
const KEY = 'fieldreel_test_key_of_the_killed_albums'
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
const ITEMS = 200

interface AlbumBody {
  readonly items: readonly { readonly item_id: string; readonly order: number }[]
}

it(`an album keeps its old order or has its new one after each of ${KILLS} kills`, { timeout: 300_000 }, async () => {
  const random = randomFrom(SEED)
  const data = path.join(await temporaryFolder(), 'data')
  await mkdir(data)
  let victim = await started(data)
  const { album_id } = await post<{ album_id: string }>(victim.url, '/albums/', { title: 'Killed' })
  for (let item = 0; item < ITEMS; item += 1) {
    const { video_id: media_id } = await post<{ video_id: string }>(victim.url, '/videos/', { title: `Film ${item}` })
    await post(victim.url, `/albums/${album_id}/items`, { media_type: 'video', media_id })
  }
  const read = async (): Promise<string[]> => {
    const answer = await fetch(`${victim.url}/api/v1/albums/${album_id}`, { headers: HEADERS })
    return ((await answer.json()) as AlbumBody).items.map(({ item_id }) => item_id)
  }
  let order = await read()
  expect(order.length).toBe(ITEMS)

  for (let kill = 0; kill < KILLS; kill += 1) {
    // Orders that it was asked for, one after the other, and how many of them were answered.
    const wished = [order]
    let answered = 0
    const work = async (): Promise<void> => {
      for (;;) {
        const next = order.toSorted(() => random() - 0.5)
        wished.push(next)
        const item_orders = next.map((item_id, place) => ({ item_id, order: place }))
        await post(victim.url, `/albums/${album_id}/reorder`, { item_orders })
        answered = wished.length - 1
      }
    }
    // It breaks off with the server's death.
    const working = work().catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error
    })
    await until('the first answer', () => answered > 0)
    await pause(random() * 80)
    await victim.process.kill()
    await working
    victim = await started(data)
    const found = await read()
    // What was answered is there, or the one that was under way.
    const possible = wished.slice(answered).map((wish) => wish.join())
    expect(possible, `kill ${kill} of seed ${SEED}`).toContain(found.join())
    order = found
  }
  await victim.process.stop()
  expect(withDatabase(data, (database) => database.isSound())).toBe(true)
})

async function post<T>(url: string, path: string, body: object): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
  const text = await answer.text()
  expect(answer.ok, `${answer.status} ${text}`).toBe(true)
  return (text === '' ? null : JSON.parse(text)) as T
}

async function started(data: string) {
  const process = Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
  const { url } = JSON.parse((await process.firstLine()) ?? '{}') as { url: string }
  return { process, url }
}
