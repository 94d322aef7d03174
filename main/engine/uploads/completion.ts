import type { AnalysisProvider, AnalysisType } from '../../contract/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { UploadRow } from './upload-rows.ts'

export interface CompletionOptions {
  readonly autoAnalyze: boolean
  readonly analysisProvider: AnalysisProvider
  readonly analysisType: AnalysisType
  readonly analysisModel?: string | null
  /** These replace what the upload was initiated with. */
  readonly title?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly custom?: Readonly<Record<string, unknown>> | undefined
  /** Take a file whose end is missing. */
  readonly keepTruncated?: boolean
  /** When the video was added, milliseconds since 1970; when the upload ends where it is not given. */
  readonly addedAt?: number
}

/** A complete, probed file that becomes a video of the library. */
export interface FinishedUpload {
  readonly upload: UploadRow
  readonly sha256: string
  readonly probed: ProbedVideo
  readonly options: CompletionOptions
}

export interface Completed {
  readonly upload: UploadRow
  readonly analysisJobId: string | null
  readonly deduplicated: boolean
}
