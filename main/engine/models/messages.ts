import type { Box, Detection, FrameDecoder, TextLine } from './models.ts'

/** What crosses between this process and that of the models: small things only; pixels stay over there. */

/** What a model is asked about one frame. */
export type ModelRequest =
  | { kind: 'detect'; minimumConfidence: number }
  | { kind: 'read'; boxes: readonly Box[] | null }
  | { kind: 'embed'; boxes: readonly Box[] }

export interface ModelAnswers {
  detect: Detection[]
  read: TextLine[][]
  embed: Float32Array[]
}

/** Frame `position` of the decoder `decoder`. */
interface OfFrame {
  decoder: number
  position: number
}

export type ToModels =
  | { kind: 'open'; decoder: number; source: FrameDecoder }
  /** Answered with the position of the next frame, or null after the last. */
  | { kind: 'next'; decoder: number }
  | ({ kind: 'model'; request: ModelRequest } & OfFrame)
  | ({ kind: 'release' } & OfFrame)
  | { kind: 'close'; decoder: number }
