/** The result of a command. */
export interface CommandAnswer {
  /** Whether nothing is damaged and everything was done: else the exit status is 1. */
  readonly isWell: boolean
  /** A line for a person, without its end; null when the printed lines are enough. */
  readonly summary: string | null
}

/** Takes a line of the answer, without its end. */
export type Print = (line: string) => void
