/** Numbers in an embedding. */
export const EMBEDDING_DIMENSIONS = 1792

/** Pixels of the displayed frame (fractions included): x to the right, y down, from its top left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export type Corner = readonly [x: number, y: number]

/** A thing that the detector found in a frame. */
export interface Detection {
  readonly box: Box
  /** One of `DETECTOR_CLASSES`. */
  readonly className: string
  /** 0..1. */
  readonly confidence: number
}

/** A line of text in a frame: four corners, clockwise from where reading begins. */
export interface TextLine {
  readonly text: string
  /** 0..1. */
  readonly confidence: number
  readonly corners: readonly [Corner, Corner, Corner, Corner]
}

/** A decoder to start: its standard output gives frames of this size one after the other, as rgb24. */
export interface FrameDecoder {
  readonly program: string
  readonly args: readonly string[]
  readonly width: number
  readonly height: number
  /** It has failed when it gives nothing for so long. */
  readonly silenceLimitMs: number
}

/** One decoded frame. The models' process keeps its pixels until it is released; they never come to this process. */
export interface DecodedFrame {
  /** How many came out of the decoder before it. */
  readonly position: number
  readonly width: number
  readonly height: number
  /** @returns what is surer than `minimumConfidence`, the surest first. */
  detect(options: { minimumConfidence: number }): Promise<Detection[]>
  /** Reads the text within each box, or of the whole frame as the one answer. */
  read(boxes: readonly Box[] | null): Promise<TextLine[][]>
  /** One embedding for each box: a vector of `EMBEDDING_DIMENSIONS`, not normalised. */
  embed(boxes: readonly Box[]): Promise<Float32Array[]>
  release(): void
}

/**
 * The models, in a process of their own. When it dies, everything that waits fails with EngineError `unavailable`, and
 * the next call starts it again.
 */
export interface Models {
  /**
   * Frames as the decoder gives them, only a few ahead of the reader. The decoder ends with the iteration, after all
   * frames are released.
   * @throws EngineError `media_failed` with the decoder's last words, `unavailable` when the process died, `cancelled`.
   */
  decode(decoder: FrameDecoder, signal?: AbortSignal): AsyncIterable<DecodedFrame>
  /** Ends the process and every decoder in it. May be called twice. */
  close(): Promise<void>
}
