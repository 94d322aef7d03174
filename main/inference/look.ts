import type { LookRequest } from '../engine/models/index.ts'
import type { Pixels } from './pixels.ts'

/** What the thread of the models is asked: its pixels are memory that both threads see. */
export interface Look {
  readonly picture: Pixels
  readonly request: LookRequest
}
