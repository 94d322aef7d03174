import type { ThreadError } from '../../platform/processes/index.ts'
import type { Box, Detection, PictureDecoder, TextLine } from './models.ts'

/** What crosses between this process and that of the models: small things only; pixels stay over there. */

/** Picture `position` of the decoder `decoder`. */
interface OfPicture {
  decoder: number
  position: number
}

/** What is asked of one picture. */
export type LookRequest =
  | { kind: 'detect'; minimumConfidence: number }
  | { kind: 'read'; boxes: readonly Box[] | null }
  | { kind: 'embed'; boxes: readonly Box[] }

export interface LookAnswers {
  detect: Detection[]
  read: TextLine[][]
  embed: Float32Array[]
}

export type ToModels =
  | { kind: 'open'; decoder: number; source: PictureDecoder }
  /** Asks for the next picture; answered with its position, or null after the last. */
  | { kind: 'next'; id: number; decoder: number }
  | ({ kind: 'look'; id: number; request: LookRequest } & OfPicture)
  | ({ kind: 'release' } & OfPicture)
  | { kind: 'close'; decoder: number }

export type FromModels =
  { kind: 'answer'; id: number; answer: unknown } | { kind: 'failure'; id: number; error: ThreadError }
