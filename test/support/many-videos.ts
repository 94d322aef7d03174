import { randomUUID } from 'node:crypto'
import { Identity } from '../../main/engine/identity/index.ts'
import { MediaRows } from '../../main/engine/library/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'

/** What differs from one video to the next; the number counts from 0. */
export interface ManyVideos {
  readonly title?: (number: number) => string
  /** Milliseconds since 1970. */
  readonly addedAt?: (number: number) => number
  readonly recordedAt?: (number: number) => string | null
  readonly seconds?: (number: number) => number
}

/** Adds videos to a library that nobody has open. Their file is not there: nothing but lists can be asked of them. */
export function addManyVideos(file: string, count: number, differences: ManyVideos = {}): string[] {
  const {
    title = (number) => `Site walk ${number}`,
    addedAt = (number) => Date.UTC(2026, 0, 1) + number * 60_000,
    recordedAt = () => null,
    seconds = () => 10,
  } = differences
  const database = Database.open(file, schema)
  try {
    const ownerId = new Identity(database).ownerId()
    const rows = new MediaRows(database)
    const sha256 = 'a'.repeat(64)
    const ids = Array.from({ length: count }, () => randomUUID() as string)
    database.transaction(() => {
      database
        .prepare('INSERT OR IGNORE INTO objects (sha256, size_bytes, created_at) VALUES (:sha256, 1000, 0)')
        .run({ sha256 })
      for (const [number, id] of ids.entries()) {
        const durationSeconds = seconds(number)
        rows.insertVideo.run({
          ...{ id, ownerId, title: title(number), filename: `clip_${number}.mp4`, contentType: 'video/mp4', sha256 },
          ...{ sizeBytes: 1000 + number, tags: '[]', custom: '{}', durationSeconds, startSeconds: 0, playable: 1 },
          metadata: JSON.stringify({ ...METADATA, durationSeconds, recordedAt: recordedAt(number) }),
          now: addedAt(number),
        })
      }
    })
    return ids
  } finally {
    database.close()
  }
}

const METADATA = {
  ...{ resolution: '1920x1080', width: 1920, height: 1080, frameRate: 25, videoCodec: 'h264', audioCodec: null },
  ...{ bitrateKbps: 800, fileSizeBytes: 1000, formatName: 'mp4', rotation: 0, audioChannels: null },
  audioSampleRate: null,
}
