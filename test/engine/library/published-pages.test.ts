import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { MediaRows } from '../../../main/engine/library/index.ts'
import { Identity } from '../../../main/engine/identity/index.ts'
import { newDatabase } from '../../support/database.ts'
import { randomFrom } from '../../support/random.ts'

const VIDEOS = 460
const LABELS = ['api', 'c++', 'a', 'a-b', 'ülm', 'say "hi"', 'x,y', 'back\\slash', '100%']

it('pages of any filter equal a filter over all videos, with the exact count', async () => {
  const database = await newDatabase()
  const ownerId = new Identity(database).ownerId()
  const random = randomFrom(7)
  const rows = new MediaRows(database)
  const all = Array.from({ length: VIDEOS }, (_, index) => ({
    ...{ id: randomUUID(), title: `Talk ${index} ${index % 7 ? '' : 'ÜBER 50%_'}`, at: Math.floor(random() * 40) },
    labels: LABELS.filter(() => random() < 0.15).map((label) => (random() < 0.5 ? label.toUpperCase() : label)),
    ...{ type: random() < 0.9 ? 'demo' : 'other', isDeleted: random() < 0.05 },
  }))
  for (const { id, title, at, labels, type, isDeleted } of all) {
    const tags = JSON.stringify(labels)
    rows.insertLink.run({ id, ownerId, title, tags, now: at })
    const none = { description: null, videoUrl: null, thumbnailUrl: null, durationSeconds: null, projectUrl: null }
    rows.publish.run({ id, ...none, videoType: type, techStack: tags, now: 0 })
    if (isDeleted) rows.setDeleted.run({ id, deletedAt: 1 })
  }
  const none = { ownerId: null, videoType: null, search: '', tags: [], techStack: [] }
  const filters = [
    none,
    { ...none, ownerId },
    { ...none, ownerId: randomUUID() },
    { ...none, videoType: 'demo' as const },
    { ...none, search: ' über 50%' },
    { ...none, search: 'talk 4' },
    { ...none, search: '50%_' },
    ...LABELS.map((label) => ({ ...none, tags: [label.toUpperCase()] })),
    ...[',', '"', 'a","b', '50_', '-b'].map((label) => ({ ...none, tags: [label] })),
    { ...none, techStack: ['API', 'ÜLM'], tags: ['a'], ownerId },
  ]
  const has = (labels: readonly string[], wanted: readonly string[]) =>
    wanted.length === 0 || labels.some((label) => wanted.some((one) => one.toLowerCase() === label.toLowerCase()))
  for (const filter of filters) {
    const expected = all
      .filter(({ isDeleted }) => !isDeleted && (filter.ownerId === null || filter.ownerId === ownerId))
      .filter(({ type }) => filter.videoType === null || type === filter.videoType)
      .filter(({ title }) => title.toLowerCase().includes(filter.search.trim().toLowerCase()))
      .filter(({ labels }) => has(labels, filter.tags) && has(labels, filter.techStack))
      .toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id)
    for (const [offset, limit] of [
      [0, 10],
      [0, 100],
      [expected.length - 1, 5],
      [expected.length, 5],
      [230, 20],
      [9000, 20],
    ] as const) {
      if (offset < 0) continue
      const { rows: found, total } = rows.published(filter, offset, limit)
      expect([total, found.map(({ id }) => id)]).toEqual([...[expected.length, expected.slice(offset, offset + limit)]])
    }
  }
})
