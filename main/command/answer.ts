/** What a command did. */
export interface CommandAnswer {
  /** Whether nothing is damaged or was left undone: else the exit status is 1. */
  readonly isWell: boolean
  /** A line for a person, without its end; null when the lines printed say it all. */
  readonly summary: string | null
}

/** Takes a line of the answer, without its end. */
export type Print = (line: string) => void
