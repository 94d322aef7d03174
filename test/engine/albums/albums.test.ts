import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { EngineError, MediaType } from '../../../main/contract/index.ts'
import { Albums } from '../../../main/engine/albums/index.ts'
import type { Caller } from '../../../main/engine/operations.ts'
import { newDatabase } from '../../support/database.ts'
import { randomFrom } from '../../support/random.ts'
import { SharedLibrary } from '../../support/shared-library.ts'

async function open() {
  const database = await newDatabase()
  const library = new SharedLibrary(database)
  const told: string[] = []
  const albums = new Albums({ ...library.parts, onChange: () => told.push('albums') })
  const mara = library.person('Mara')
  const ben = library.person('Ben')
  const put = (albumId: string, mediaType: MediaType, mediaId: string, caller: Caller, order?: number) =>
    albums.items.add(albumId, { mediaType, mediaId, caption: null, order }, caller)
  const album = async (caller: Caller, more: object = {}) =>
    (await albums.create({ title: 'Sessions', ...more }, caller)).albumId
  const media = async (albumId: string, caller: Caller) =>
    (await albums.get(albumId, caller)).items.map(({ mediaId }) => mediaId)
  return { database, library, albums, told, mara, ben, put, album, media }
}

const failure = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'none'
  } catch (error) {
    return (error as EngineError).code
  }
}

describe('an album', () => {
  it('is private until somebody says otherwise, and tells of every change', async () => {
    const { albums, told, mara, ben, library } = await open()
    const { albumId, visibility, sharePath } = await albums.create({ title: 'Sessions' }, mara)
    expect({ visibility, sharePath }).toEqual({ visibility: 'private', sharePath: null })
    expect(await failure(() => albums.get(albumId, library.nobody))).toBe('unauthenticated')
    expect(await failure(() => albums.get(albumId, ben))).toBe('forbidden')
    expect((await albums.get(albumId, library.owner)).ownerName).toBe('Mara')
    const shared = await albums.update(albumId, { visibility: 'unlisted' }, mara)
    expect(shared).toMatchObject({ title: 'Sessions', sharePath: `/albums/${albumId}` })
    expect((await albums.get(albumId, library.nobody)).title).toBe('Sessions')
    expect(told.length).toBe(2)
  })

  it('is changed by its owner and admins only', async () => {
    const { albums, album, mara, ben, library, put } = await open()
    const albumId = await album(mara, { visibility: 'public' })
    const video = library.link(mara)
    const { itemId } = put(albumId, 'video', video, mara)
    const writes = (caller: Caller) => [
      () => albums.update(albumId, { title: 'Mine' }, caller),
      () => put(albumId, 'video', library.link(ben), caller),
      () => albums.items.setCaption(albumId, itemId, 'Mine', caller),
      () => albums.items.reorder(albumId, [{ itemId, order: 0 }], caller),
      () => albums.items.remove(albumId, itemId, caller),
      () => albums.delete(albumId, caller),
    ]
    for (const write of writes(ben)) expect(await failure(write)).toBe('forbidden')
    for (const write of writes(library.owner)) expect(await failure(write)).toBe('none')
  })

  it('comes back when its deletion is undone in time', async () => {
    const { albums, album, mara, ben, library, put, media } = await open()
    const albumId = await album(mara)
    const video = library.link(mara)
    put(albumId, 'video', video, mara)
    albums.delete(albumId, mara)
    expect(await failure(() => albums.get(albumId, mara))).toBe('not_found')
    expect(await albums.list({ offset: 0, limit: 20 }, mara)).toEqual({ albums: [], total: 0 })
    expect(await failure(() => albums.restore(albumId, ben))).toBe('forbidden')
    await albums.purge()
    await albums.restore(albumId, mara)
    expect(await media(albumId, mara)).toEqual([video])
    albums.delete(albumId, mara)
    await albums.purge(Date.now() + 11 * 60_000)
    expect(await failure(() => albums.restore(albumId, mara))).toBe('not_found')
    expect(await failure(() => put(albumId, 'video', video, mara))).toBe('not_found')
  })

  it('is listed for its owner alone, newest first', async () => {
    const { albums, album, mara, ben } = await open()
    const ids: string[] = []
    for (let i = 0; i < 5; i += 1) ids.unshift(await album(mara, { visibility: 'public' }))
    await album(ben)
    const page = await albums.list({ offset: 1, limit: 3 }, mara)
    expect({ ids: page.albums.map(({ albumId }) => albumId), total: page.total }).toEqual({
      ids: ids.slice(1, 4),
      total: 5,
    })
  })
})

describe('what is in an album', () => {
  it('is there once, and only what the library has', async () => {
    const { album, mara, library, put } = await open()
    const albumId = await album(mara)
    const video = library.file(mara)
    const [scene = ''] = library.cut(video, 20, 60)
    const added = put(albumId, 'video', video, mara)
    expect(added).toMatchObject({ order: 0, title: 'A file', durationSeconds: 60, width: 640, height: 360 })
    expect(put(albumId, 'photo', scene, mara)).toMatchObject({ order: 1, videoId: video, atSeconds: 10 })
    expect(await failure(() => put(albumId, 'video', video, mara))).toBe('conflict')
    for (const [type, id] of [
      ['video', scene],
      ['photo', video],
      ['video', randomUUID()],
    ] as const) {
      expect(await failure(() => put(albumId, type, id, mara))).toBe('not_found')
    }
    const gone = library.link(mara)
    library.hide(gone)
    expect(await failure(() => put(albumId, 'video', gone, mara))).toBe('not_found')
  })

  it('moves to the requested position, also when repeated at the same position', async () => {
    const { album, mara, library, put, media } = await open()
    const albumId = await album(mara)
    const expected: string[] = []
    for (let i = 0; i < 120; i += 1) {
      const order = i < 3 ? 0 : i % 20 === 0 ? 0 : i % 30 === 0 ? 1000 : 2
      const video = library.link(mara)
      const item = put(albumId, 'video', video, mara, order)
      expected.splice(order, 0, video)
      expect(item.order).toBe(expected.indexOf(video))
    }
    expect(await media(albumId, mara)).toEqual(expected)
  })

  it('is counted without what is hidden, and its order has no gaps', async () => {
    const { albums, album, mara, library, put, media } = await open()
    const albumId = await album(mara)
    const [a, b, c] = [library.file(mara), library.link(mara, { durationSeconds: 5 }), library.file(mara)]
    for (const video of [a, b, c]) put(albumId, 'video', video, mara)
    library.hide(a)
    const seen = await albums.get(albumId, mara)
    expect(seen).toMatchObject({ itemCount: 2, totalSeconds: 65, items: [{ order: 0 }, { order: 1 }] })
    expect(await media(albumId, mara)).toEqual([b, c])
    // What comes back is where it was.
    const between = library.link(mara)
    put(albumId, 'video', between, mara, 1)
    library.hide(a, false)
    expect(await media(albumId, mara)).toEqual([a, b, between, c])
    library.purge(b)
    library.purge(a)
    expect(await media(albumId, mara)).toEqual([between, c])
  })

  it('shows a photo as the scene of the same instant after its video is cut again', async () => {
    const { albums, album, mara, library, put, media } = await open()
    const albumId = await album(mara)
    const video = library.file(mara)
    const [first = '', second = ''] = library.cut(video, 20, 60)
    put(albumId, 'photo', first, mara)
    const { itemId } = put(albumId, 'photo', second, mara)
    const [, , fine = ''] = library.cut(video, 5, 12, 50, 60)
    expect((await albums.get(albumId, mara)).items.map(({ mediaId }) => mediaId)).toContain(fine)
    const whole = library.cut(video, 60)
    expect(await media(albumId, mara)).toEqual(whole)
    const again = library.cut(video, 20, 60)
    expect(await media(albumId, mara)).toEqual(again)
    expect((await albums.get(albumId, mara)).items[1]).toMatchObject({ itemId, atSeconds: 40 })
    library.hide(video)
    library.cut(video, 60)
    expect(await media(albumId, mara)).toEqual([])
    library.hide(video, false)
    expect((await media(albumId, mara)).length).toBe(1)
  })
})

describe('an open album', () => {
  it("shows people without a key what is its owner's own, and everything of the library's owner", async () => {
    const { albums, album, mara, ben, library, put, media } = await open()
    const albumId = await album(mara, { visibility: 'public' })
    const own = library.file(mara)
    const others = library.file(ben)
    put(albumId, 'video', others, mara)
    const { itemId } = put(albumId, 'video', own, mara)
    expect(await albums.get(albumId, library.nobody)).toMatchObject({
      ...{ itemCount: 1, totalSeconds: 60, hiddenFromOthers: 0, mosaic: [expect.stringContaining(itemId) as string] },
      items: [{ mediaId: own, order: 0 }],
    })
    expect(await media(albumId, ben)).toEqual([others, own])
    expect((await albums.get(albumId, mara)).hiddenFromOthers).toBe(1)

    const ofLibrary = await album(library.owner, { visibility: 'unlisted' })
    put(ofLibrary, 'video', others, library.owner)
    expect(await media(ofLibrary, library.nobody)).toEqual([others])
  })

  it('hides items that the reader may not see', async () => {
    const { albums, album, mara, ben, library, put } = await open()
    const albumId = await album(mara, { visibility: 'public' })
    const other = await album(mara, { visibility: 'public' })
    const hidden = put(albumId, 'video', library.file(ben), mara).itemId
    const { itemId } = put(albumId, 'video', library.file(mara), mara)
    const find = (album: string, item: string, caller: Caller) => failure(() => albums.items.find(album, item, caller))
    expect(await find(albumId, itemId, library.nobody)).toBe('none')
    expect(await find(albumId, hidden, library.nobody)).toBe('not_found')
    expect(await find(albumId, hidden, ben)).toBe('none')
    expect(await find(other, itemId, library.nobody)).toBe('not_found')
    await albums.update(albumId, { visibility: 'private' }, mara)
    expect(await find(albumId, itemId, library.nobody)).toBe('unauthenticated')
    expect(await find(albumId, itemId, ben)).toBe('forbidden')
  })
})

describe('the order', () => {
  const orders = (ids: readonly string[]) => ids.map((itemId, order) => ({ itemId, order }))

  it('is that of the list; what it leaves out follows in its old order', async () => {
    const { albums, album, mara, library, put } = await open()
    const albumId = await album(mara)
    const ids = Array.from({ length: 5 }, () => put(albumId, 'video', library.link(mara), mara).itemId)
    const shown = async () => (await albums.get(albumId, mara)).items.map(({ itemId }) => ids.indexOf(itemId))
    albums.items.reorder(albumId, orders(ids.toReversed()), mara)
    expect(await shown()).toEqual([4, 3, 2, 1, 0])
    albums.items.reorder(
      albumId,
      [
        { itemId: ids[1]!, order: 9 },
        { itemId: ids[0]!, order: 4 },
      ],
      mara,
    )
    expect(await shown()).toEqual([0, 1, 4, 3, 2])
  })

  it('is refused whole when it is not of this album or says a thing twice', async () => {
    const { albums, album, mara, library, put, media } = await open()
    const albumId = await album(mara)
    const [a, b] = [1, 2].map(() => put(albumId, 'video', library.link(mara), mara).itemId)
    const stranger = put(await album(mara), 'video', library.link(mara), mara).itemId
    const before = await media(albumId, mara)
    const reorder = (...items: [string, number][]) =>
      failure(() =>
        albums.items.reorder(
          albumId,
          items.map(([itemId, order]) => ({ itemId, order })),
          mara,
        ),
      )
    expect(await reorder([b!, 0], [stranger, 1])).toBe('not_found')
    expect(await reorder([b!, 0], [randomUUID(), 1])).toBe('not_found')
    expect(await reorder([b!, 0], [b!, 1])).toBe('invalid_input')
    expect(await reorder([b!, 0], [a!, 0])).toBe('invalid_input')
    expect(await media(albumId, mara)).toEqual(before)
  })

  it('stays that of a list which does the same, whatever is done', async () => {
    const { albums, album, mara, library, put, media } = await open()
    const random = randomFrom(6)
    const pick = (below: number) => Math.floor(random() * below)
    const albumId = await album(mara)
    let model: { id: string; video: string }[] = []
    for (let step = 0; step < 300; step += 1) {
      const what = random()
      if (model.length < 3 || what < 0.4) {
        const video = library.link(mara)
        const order = pick(model.length + 1)
        model.splice(order, 0, { id: put(albumId, 'video', video, mara, order).itemId, video })
      } else if (what < 0.6) {
        const [gone] = model.splice(pick(model.length), 1)
        albums.items.remove(albumId, gone!.id, mara)
      } else {
        const listed = model.toSorted(() => random() - 0.5).slice(0, 1 + pick(model.length))
        albums.items.reorder(albumId, orders(listed.map(({ id }) => id)), mara)
        model = [...listed, ...model.filter((item) => !listed.includes(item))]
      }
      expect(await media(albumId, mara)).toEqual(model.map(({ video }) => video))
    }
  })
})

describe('a large album', () => {
  it('is read in pages, whole and as it was at one moment', async () => {
    const { albums, album, mara, library, put } = await open()
    const albumId = await album(mara)
    const ids = library.database.transaction(() =>
      Array.from({ length: 1200 }, () => put(albumId, 'video', library.link(mara), mara).itemId),
    )
    const page = await albums.get(albumId, mara, { offset: 1000, limit: 50 })
    expect({ ids: page.items.map(({ itemId }) => itemId), count: page.itemCount }).toEqual({
      ids: ids.slice(1000, 1050),
      count: 1200,
    })
    expect(page.items[0]?.order).toBe(1000)
    const reading = albums.get(albumId, mara)
    // Between its first rows and the rest, the last item becomes the first one.
    setImmediate(() => albums.items.reorder(albumId, [{ itemId: ids.at(-1)!, order: 0 }], mara))
    expect((await reading).items.map(({ itemId }) => itemId)).toEqual([ids.at(-1), ...ids.slice(0, -1)])
  })
})

describe('the cover', () => {
  it('is the first picture there is, as registered before our own', async () => {
    const { albums, album, mara, library, put } = await open()
    const albumId = await album(mara)
    put(albumId, 'video', library.link(mara), mara)
    expect(await albums.get(albumId, mara)).toMatchObject({ firstPictureUrl: null, mosaic: [] })
    put(albumId, 'video', library.link(mara, { thumbnailUrl: 'https://example.com/a.jpg' }), mara)
    const { itemId } = put(albumId, 'video', library.file(mara), mara)
    expect(await albums.get(albumId, mara)).toMatchObject({
      firstPictureUrl: 'https://example.com/a.jpg',
      mosaic: [`/api/v1/albums/${albumId}/items/${itemId}/thumbnail?v=1`],
    })
  })
})
