import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, Nothing, operation } from '../operation.ts'

export const ImportStatus = z.enum(['waiting', 'paused', 'uploading', 'checking', 'completed', 'failed', 'cancelled'])

/** Why a waiting import does not go on though it is its turn; it does by itself once the cause is gone. */
export const WaitingFor = z.enum(['source', 'space', 'permission'])

/** One file on its way from this machine's disk into the library. Bytes are read by path in the engine. */
export const Import = z.object({
  importId: Id,
  filename: z.string(),
  /** Folder the file lies in, to tell equal names apart. */
  folder: z.string(),
  sizeBytes: z.int().nonnegative(),
  status: ImportStatus,
  bytesStored: z.int().nonnegative(),
  totalParts: z.int().nonnegative(),
  partsStored: z.int().nonnegative(),
  partsInFlight: z.int().nonnegative(),
  /** Bytes a second of late; null while unknown. */
  bytesPerSecond: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** The video it became. */
  mediaId: Id.nullable(),
  /** The same bytes were here before, under this title: they are kept once. */
  duplicateOf: z.object({ videoId: Id, title: z.string() }).nullable(),
  /** Bytes read again so far while it is checked; null in every other state. */
  bytesChecked: z.int().nonnegative().nullable(),
  /** Set on a waiting import that met an obstacle; null when it only waits for its turn. */
  waitingFor: WaitingFor.nullable(),
  /** What it waits for and what to do about it, for a person to read. */
  waitingMessage: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** An earlier run of Fieldreel ended in the middle of it, and this run continued it. */
  pickedUp: z.boolean(),
  addedAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Import = z.infer<typeof Import>

export const addImports = operation('imports.add', {
  summary: 'Import files or folders of this computer.',
  scope: 'admin',
  input: z.object({ paths: z.array(z.string().min(1).max(4096)).min(1).max(10_000) }),
  output: z.object({
    imports: z.array(Import),
    /** What was not added, and why, in words for a person. */
    refused: z.array(z.object({ path: z.string(), reason: z.string() })),
    /** How many files of folders were left out, and why, in words for a person; null when none was. */
    leftOut: z.string().nullable(),
  }),
})

export const listImports = operation('imports.list', {
  summary: 'Imports that are running, waiting or ended and not yet cleared, in queue order.',
  scope: 'admin',
  input: Nothing,
  output: z.object({ imports: z.array(Import) }),
})

const ImportId = z.object({ importId: Id })

export const cancelImport = operation('imports.cancel', {
  summary: 'Stop an import and delete what it stored.',
  scope: 'admin',
  input: ImportId,
  output: Done,
})

export const pauseImports = operation('imports.pause', {
  summary: 'Pause an import, or all that have not ended. What they stored is kept, also after a restart.',
  scope: 'admin',
  input: z.object({ importId: Id.optional() }),
  output: Done,
})

export const resumeImports = operation('imports.resume', {
  summary: 'Resume a paused import, or all of them, from where they stopped.',
  scope: 'admin',
  input: z.object({ importId: Id.optional() }),
  output: Done,
})

export const moveImport = operation('imports.move', {
  summary: 'Move a waiting import within the queue.',
  scope: 'admin',
  input: ImportId.extend({
    /** The import it goes before; null puts it last. */
    beforeId: Id.nullable(),
  }),
  output: Done,
})

export const retryImport = operation('imports.retry', {
  summary: 'Resume an import that failed.',
  scope: 'admin',
  input: ImportId.extend({
    /** Take a file whose end is missing (`truncated_video`) as it is. */
    keepTruncated: z.boolean().default(false),
  }),
  output: Import,
})

export const clearImports = operation('imports.clear', {
  summary: 'Remove one ended import, or all, from the list. What a failed one had stored is deleted.',
  scope: 'admin',
  input: z.object({
    importId: Id.optional(),
    /** Leave the failed ones, with the parts they keep. */
    keepFailed: z.boolean().default(false),
  }),
  output: Done,
})
