/** Something that happened. Capabilities export the kinds they publish, such as 'media.deleted'. */
export interface EngineEvent {
  readonly kind: string
  /** The id of what it happened to. */
  readonly subjectId: string
  /** What its followers cannot read elsewhere. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

/** An event as it is kept for followers. */
export interface StoredEvent extends Required<EngineEvent> {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
}
