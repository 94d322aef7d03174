import fs from 'node:fs'
import path from 'node:path'
import type { Finding } from '../../../contract/index.ts'
import type { DataFolder } from '../../../platform/files/index.ts'
import { BY_IMPORT, BY_SENDING, BY_TASK, finding } from '../findings.ts'
import { namesIn } from '../reading.ts'
import type { ListedVideo } from '../../library/index.ts'
import type { ListedUpload } from '../../uploads/index.ts'
import type { Inventory } from '../inventory.ts'
import type { Expected } from './store.ts'

/** One file, or one part of a file, that a copy of the database needs. */
export interface BackupItem {
  /** Below the library folder, with `/`. */
  readonly path: string
  readonly file: string
  readonly kind: 'objects' | 'files'
  readonly expected: Expected
  /** Where it is known. */
  readonly sizeBytes: number | null
  /** For a part of an upload: where it lies in a file of that size. */
  readonly piece: { readonly offset: number; readonly fileBytes: number } | null
  /** Whether the library needs it was: else it was changed or deleted while it was copied. */
  readonly isNeeded: (now: Inventory) => boolean
  /** What follows when it cannot be copied. */
  readonly loss: { readonly finding: Finding } | { readonly makeAgain: string } | null
}

/** Everything of a library that a backup holds, by the rows of one instant. */
export function* contentsOf(rows: Inventory, folder: DataFolder): Generator<BackupItem> {
  yield* objects(rows, folder)
  for (const upload of rows.uploads.all()) yield* partsOf(rows, folder, upload)
  for (const video of rows.videos.all()) yield* derivedOf(rows, folder, video)
  yield* tasks(rows, folder)
  for (const name of ['tls', 'quarantine', 'secrets.json']) yield* filesBelow(folder, name)
}

function* objects(rows: Inventory, folder: DataFolder): Generator<BackupItem> {
  for (const { sha256, sizeBytes } of rows.objects.all()) {
    yield object(rows, folder, sha256, sizeBytes)
    yield* filesBelow(folder, `objects/${sha256.slice(0, 2)}/${sha256}.json`)
  }
}

function object(rows: Inventory, folder: DataFolder, sha256: string, sizeBytes: number): BackupItem {
  const name = `objects/${sha256.slice(0, 2)}/${sha256}`
  const subject = { kind: 'object', path: name, sha256, ...rows.aboutObject(sha256) } as const
  return {
    ...{ path: name, file: folder.object(sha256), kind: 'objects', expected: { sha256 }, sizeBytes, piece: null },
    isNeeded: (now) => now.objects.get(sha256) !== null,
    loss: { finding: finding(subject, fs.existsSync(folder.object(sha256)) ? 'damaged' : 'missing', BY_IMPORT) },
  }
}

function* partsOf(rows: Inventory, folder: DataFolder, upload: ListedUpload): Generator<BackupItem> {
  const { mediaId: id, title, sha256, sizeBytes: fileBytes } = upload
  const file = path.join(folder.upload(id), 'data')
  // A crash came between moving it and saying so.
  if (sha256 !== null && !fs.existsSync(file) && fs.existsSync(folder.object(sha256))) {
    yield { ...object(rows, folder, sha256, fileBytes), isNeeded: (now) => now.uploads.get(id) !== null }
    return
  }
  for (const { partNumber, sizeBytes, checksum } of rows.uploads.parts(id)) {
    const subject = { kind: 'upload', path: `uploads/${id}/data`, videoId: id, title } as const
    yield {
      ...{ path: subject.path, file, kind: 'files', expected: { checksum }, sizeBytes },
      piece: { offset: (partNumber - 1) * upload.partBytes, fileBytes },
      isNeeded: (now) =>
        now.uploads.get(id) !== null &&
        now.uploads.parts(id).some((part) => part.partNumber === partNumber && part.checksum === checksum),
      loss: { finding: finding(subject, 'damaged', BY_SENDING, `Chunk ${partNumber} is not what was received.`) },
    }
  }
  for (const name of namesIn(folder.upload(id))) {
    if (name !== 'data') yield* filesBelow(folder, `uploads/${id}/${name}`)
  }
}

function* derivedOf(rows: Inventory, folder: DataFolder, video: ListedVideo): Generator<BackupItem> {
  const recorded = rows.objects.checksums(video.id)
  for (const name of rows.videos.filesOf(video)) {
    const known = recorded.get(name)
    const sha256 = known?.sha256
    yield {
      ...{ path: `derived/${video.id}/${name}`, file: path.join(folder.derivedOf(video.id), name), kind: 'files' },
      ...{ expected: sha256 === undefined ? {} : { sha256 }, sizeBytes: known?.sizeBytes ?? null, piece: null },
      isNeeded: (now) => {
        const row = now.videos.get(video.id)
        const isNamed = row !== null && now.videos.filesOf(row).includes(name)
        return isNamed && now.objects.checksums(video.id).get(name)?.sha256 === sha256
      },
      loss: { makeAgain: video.id },
    }
  }
}

function* tasks(rows: Inventory, folder: DataFolder): Generator<BackupItem> {
  for (const { id, title, completedAt } of rows.tasks.all()) {
    const recorded = rows.objects.checksums(id)
    for (const [name, { sha256, sizeBytes }] of recorded) {
      if (name === 'stream') continue
      yield {
        ...{ path: `derived/${id}/${name}`, file: path.join(folder.derivedOf(id), name), kind: 'files', sizeBytes },
        ...{ expected: { sha256 }, piece: null, isNeeded: () => true, loss: null },
      }
    }
    // What it goes on from before the stream itself: a stream may be ahead of it, and not behind.
    if (completedAt === null) yield* filesBelow(folder, `streams/${id}.state`)
    const known = recorded.get('stream')
    if (!known) {
      yield* filesBelow(folder, `streams/${id}.sse`)
      continue
    }
    const subject = { kind: 'stream', path: `streams/${id}.sse`, title } as const
    yield {
      ...{ path: subject.path, file: folder.stream(id), kind: 'files', sizeBytes: known.sizeBytes, piece: null },
      expected: { sha256: known.sha256 },
      isNeeded: (now) => now.tasks.has(id),
      loss: { finding: finding(subject, 'damaged', BY_TASK) },
    }
  }
}

/** Files that nothing is recorded of, as they are. Links are never followed. */
function* filesBelow(folder: DataFolder, name: string): Generator<BackupItem> {
  const file = path.join(folder.root, ...name.split('/'))
  const found = fs.lstatSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory()) {
    for (const inner of namesIn(file)) if (!inner.startsWith('.')) yield* filesBelow(folder, `${name}/${inner}`)
  } else if (found?.isFile()) {
    const nothing = { expected: {}, sizeBytes: null, piece: null, loss: null } as const
    yield { path: name, file, kind: 'files', isNeeded: () => true, ...nothing }
  }
}
