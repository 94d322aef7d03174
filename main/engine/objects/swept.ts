/** What a sweep of one folder of the library found that no row names. */
export interface Swept {
  /** Things with names of ours. */
  readonly unlisted: readonly UnlistedThing[]
  /** Paths of what is not ours: links, files of other programs, folders that may not be read. They are left alone. */
  readonly foreign: readonly string[]
}

export interface UnlistedThing {
  readonly kind: 'object' | 'upload' | 'stream'
  readonly path: string
  readonly sizeBytes: number
  /** Moves it into quarantine, unless a row names it by now. @returns whether it moved. */
  readonly setAside: () => Promise<boolean>
}
