import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  addImports,
  type AnalysisJob,
  applySceneSettings,
  clearImports,
  getSceneSettings,
  getVideo,
  getVideoSceneSettings,
  type Import,
  latestAnalysisJob,
  listImports,
  listScenes,
  type Scene,
  type SceneSettings,
  type Video,
} from '../contract/index.ts'
import type { Engine } from '../compose.ts'
import type { ProgressView } from './progress.ts'

/** The result for one file. */
export interface Ingested {
  /** As the command named it. */
  readonly file: string
  readonly video: Video | null
  readonly scenes: readonly Scene[]
  /** Wall time, seconds; null for what did not take place. */
  readonly seconds: { readonly import: number | null; readonly detect: number | null }
  readonly error: { readonly code: string; readonly message: string } | null
}

const POLL_MS = 100
/** The error code of each reason to wait. */
const WAIT_ERRORS = { source: 'source_missing', space: 'storage_full', permission: 'storage_refused' } as const

/** Imports files into an engine and waits for their scenes; `view` shows how far each is. */
export class Ingestion {
  readonly #engine: Engine
  readonly #view: ProgressView
  readonly #cut: Partial<SceneSettings>
  /** Seconds that detection took, of videos whose scenes are made again. */
  readonly #searched = new Map<string, number>()

  /** @param cut scene settings for these files; the others are the library's. */
  constructor(engine: Engine, view: ProgressView, cut: Partial<SceneSettings> = {}) {
    this.#engine = engine
    this.#view = view
    this.#cut = cut
  }

  /** Answers in the order in which files are done. Ends early, without an answer for the rest, when `signal` aborts. */
  async *run(files: readonly string[], signal: AbortSignal): AsyncGenerator<Ingested, void> {
    const asGiven = new Map(files.map((file) => [path.resolve(file), file]))
    const { imports, refused, leftOut } = await this.#ask(addImports, {
      paths: files.map((file) => path.resolve(file)),
    })
    if (leftOut !== null) this.#view.note(leftOut)
    for (const { path: file, reason } of refused) {
      this.#view.finish(path.basename(file), reason)
      yield failed(asGiven.get(path.resolve(file)) ?? file, 'refused', reason)
    }
    let open = new Set(imports.map(({ importId }) => importId))
    while (open.size > 0 && !signal.aborted) {
      const { imports: now } = await this.#ask(listImports, {})
      for (const one of now.filter(({ importId }) => open.has(importId))) {
        const file = path.join(one.folder, one.filename)
        const ingested = await this.#resultOf(one, asGiven.get(file) ?? file)
        if (!ingested) continue
        open = new Set([...open].filter((id) => id !== one.importId))
        if (one.finishedAt !== null) await this.#ask(clearImports, { importId: one.importId })
        yield ingested
      }
      await pause(POLL_MS)
    }
  }

  /** The outcome of an import, or null while there is none. */
  async #resultOf(one: Import, file: string): Promise<Ingested | null> {
    const name = one.filename
    switch (one.status) {
      case 'waiting':
      case 'paused':
        return one.waitingFor === null ? null : this.#giveUp(one, one.waitingFor, file)
      case 'uploading':
        this.#view.show(name, 'Importing', one.sizeBytes > 0 ? one.bytesStored / one.sizeBytes : 0, one.secondsLeft)
        return null
      case 'checking':
        this.#view.show(name, 'Checking', (one.bytesChecked ?? 0) / Math.max(1, one.sizeBytes), null)
        return null
      case 'failed':
      case 'cancelled':
        this.#view.finish(name, one.errorMessage ?? 'Cancelled.')
        return failed(file, one.errorCode ?? one.status, one.errorMessage ?? 'Cancelled.')
      case 'completed':
        return one.mediaId === null ? null : await this.#analysisOf(one, one.mediaId, file)
    }
  }

  /** The window waits for a card or for space; a command reports it and ends. Running it again continues. */
  #giveUp(one: Import, waitingFor: keyof typeof WAIT_ERRORS, file: string): Ingested {
    const message = one.waitingMessage ?? 'It cannot continue.'
    this.#view.finish(one.filename, message)
    return failed(file, WAIT_ERRORS[waitingFor], message)
  }

  async #analysisOf(one: Import, videoId: string, file: string): Promise<Ingested | null> {
    const job = await this.#ask(latestAnalysisJob, { mediaId: videoId })
    if (job.status === 'pending' || job.status === 'processing') {
      this.#view.show(one.filename, job.currentStep ?? 'Waiting', job.progressPercent / 100, null)
      return null
    }
    if (job.status === 'completed' && (await this.#applySettings(videoId))) {
      this.#searched.set(videoId, detectSeconds(job) ?? 0)
      return null
    }
    const video = await this.#ask(getVideo, { videoId })
    const { scenes } = await this.#ask(listScenes, { videoId })
    const error =
      job.status === 'completed' ? null : { code: job.errorCode ?? job.status, message: job.errorMessage ?? '' }
    this.#view.finish(one.filename, error ? error.message : `${scenes.length} scene${scenes.length === 1 ? '' : 's'}`)
    const last = detectSeconds(job)
    const detect = last === null ? null : last + (this.#searched.get(videoId) ?? 0)
    return { file, video, scenes, seconds: { import: importSeconds(one), detect }, error }
  }

  /** Makes the scenes of a video again when its settings are others. @returns whether it did. */
  async #applySettings(videoId: string): Promise<boolean> {
    if (Object.keys(this.#cut).length === 0) return false
    const wanted = { ...(await this.#ask(getSceneSettings, {})), ...this.#cut }
    const { settings } = await this.#ask(getVideoSceneSettings, { videoId })
    const isSame =
      settings.sensitivity === wanted.sensitivity &&
      settings.minimumSceneSeconds === wanted.minimumSceneSeconds &&
      settings.splitLongScenes === wanted.splitLongScenes
    if (isSame) return false
    await this.#ask(applySceneSettings, { videoId, settings: wanted })
    return true
  }

  #ask<O extends Parameters<Engine['operations']['run']>[0]>(operation: O, input: unknown) {
    const call = { signal: new AbortController().signal, caller: this.#engine.owner('command') }
    return this.#engine.operations.run(operation, input, call) as Promise<Output<O>>
  }
}

type Output<O> = O extends { output: { _output: infer T } } ? T : never

function importSeconds({ addedAt, finishedAt }: Import): number | null {
  return finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(addedAt)) / 1000
}

function detectSeconds({ startedAt, completedAt }: AnalysisJob): number | null {
  return startedAt === null || completedAt === null ? null : (Date.parse(completedAt) - Date.parse(startedAt)) / 1000
}

function failed(file: string, code: string, message: string): Ingested {
  return { file, video: null, scenes: [], seconds: { import: null, detect: null }, error: { code, message } }
}
