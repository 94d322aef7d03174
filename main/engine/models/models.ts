/** How many numbers say what something looks like. */
export const APPEARANCE_DIMENSIONS = 1792

/** Pixels of the displayed picture (fractions included): x to the right, y down, from its top left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export type Corner = readonly [x: number, y: number]

/** Something of a class that the detector knows. */
export interface Detection {
  readonly box: Box
  /** One of `DETECTOR_CLASSES`. */
  readonly className: string
  /** 0..1. */
  readonly confidence: number
}

/** A line of text as it stands in the picture: four corners, clockwise from where reading begins. */
export interface TextLine {
  readonly text: string
  /** 0..1. */
  readonly confidence: number
  readonly corners: readonly [Corner, Corner, Corner, Corner]
}

/** A decoder to start: its standard output gives pictures of this size one after the other, as rgb24. */
export interface PictureDecoder {
  readonly program: string
  readonly args: readonly string[]
  readonly width: number
  readonly height: number
  /** It has failed when it says nothing for so long. */
  readonly silenceLimitMs: number
}

/** One decoded picture, held by the inference process until it is released; its pixels never cross to this one. */
export interface Picture {
  /** How many came out of the decoder before it. */
  readonly position: number
  readonly width: number
  readonly height: number
  /** @returns what is surer than `minimumConfidence`, the surest first. */
  detect(options: { minimumConfidence: number }): Promise<Detection[]>
  /** Reads the text within each box, or of the whole picture as the one answer. */
  read(boxes: readonly Box[] | null): Promise<TextLine[][]>
  /** What each box looks like: a vector of `APPEARANCE_DIMENSIONS`, not normalised. */
  embed(boxes: readonly Box[]): Promise<Float32Array[]>
  release(): void
}

/**
 * The models, in a process of their own. When that dies, whatever waits fails with EngineError `unavailable`, and the
 * next call starts it anew.
 */
export interface Models {
  /**
   * Pictures as the decoder gives them, a few ahead of the reader and no more. The decoder ends with the
   * iteration, and that when all pictures are released.
   * @throws EngineError `media_failed` with the decoder's last words, `unavailable` when the process died, `cancelled`.
   */
  decode(decoder: PictureDecoder, signal?: AbortSignal): AsyncIterable<Picture>
  /** Ends the process and every decoder in it. May be called twice. */
  close(): Promise<void>
}
