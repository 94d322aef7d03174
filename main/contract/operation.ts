import { z } from 'zod'

/** What a caller must be allowed to do. `none` is for what anybody may ask. */
export type Scope = 'none' | 'read' | 'write' | 'admin'

/** Kinds of subjects with a name: it is looked up before the operation, which may delete it. */
export type AuditSubject = 'key' | 'video' | 'album' | 'annotation' | 'task' | 'watched' | 'quarantined'

/**
 * What the audit log keeps of an operation. Keys, tokens and signed URLs never go into it. Methods are pure, and are asked
 * only about input that is valid.
 */
export interface AuditRule<I extends z.ZodType, O extends z.ZodType> {
  /** What it is done to: an id, a path, an address. `output` is null when the operation failed. */
  target(input: z.output<I>, output: z.output<O> | null): string | null
  /** What `target` is the id of; the log keeps its name too. */
  readonly subject?: AuditSubject
  /** What was chosen, in short. */
  details?(input: z.output<I>, output: z.output<O> | null): Record<string, unknown>
  /** Whether this input, coming in by this door, is worth an event; every one is when not given. */
  when?(input: z.output<I>, door: string): boolean
  /** The same action within a minute counts as the same event: a player reads one file range by range. */
  readonly counted?: boolean
}

interface OperationBase<I extends z.ZodType> {
  /** `domain.verb`, unique over the whole contract. */
  readonly name: string
  /** One sentence, shown in the published API description. */
  readonly summary: string
  readonly scope: Scope
  readonly input: I
}

/** One question with one answer. Knows no path, status or channel. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends OperationBase<I> {
  readonly kind: 'answer'
  readonly output: O
  /** Input or output holds what no message port carries (open byte streams, disk paths): never offered to the window. */
  readonly inProcess: boolean
  /** Set where somebody may have to answer for it: then every run is written into the audit log. */
  readonly audit?: AuditRule<I, O> | undefined
}

/** One question answered by many events until either side ends it. */
export interface StreamOperation<
  I extends z.ZodType = z.ZodType,
  E extends z.ZodType = z.ZodType,
> extends OperationBase<I> {
  readonly kind: 'stream'
  readonly event: E
}

export type AnyOperation = Operation | StreamOperation

interface OperationSpec<I extends z.ZodType, O extends z.ZodType> {
  summary: string
  scope: Scope
  input: I
  output: O
  inProcess?: boolean
  audit?: AuditRule<I, O>
}

/** Declares an operation; a handler meets it in `engine/operations.ts`. */
export function operation<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  spec: OperationSpec<I, O>,
): Operation<I, O> {
  return { kind: 'answer', name, inProcess: false, ...spec }
}

/** Declares a stream of events. */
export function streamOperation<I extends z.ZodType, E extends z.ZodType>(
  name: string,
  spec: { summary: string; scope: Scope; input: I; event: E },
): StreamOperation<I, E> {
  return { kind: 'stream', name, ...spec }
}

/** The input of an operation that needs none. */
export const Nothing = z.strictObject({})
/** The output of an operation that has nothing to say beyond success. */
export const Done = z.strictObject({ done: z.literal(true) })

const Json = z.json()

/** Any value of JSON. Published without its parts: many generators of clients fail on a type that contains itself. */
export const JsonValue = z
  .custom<z.output<typeof Json>>((value) => Json.safeParse(value).success, 'Expected a JSON value.')
  .meta({ description: 'Any JSON value.' })

/** An instant, RFC 3339 in UTC with `Z` (ID-6). */
export const Instant = z.iso.datetime({ offset: false })

/** A file of ours that a transport may stream; never sent to the window, which asks the media protocol instead. */
export const StoredFile = z.object({
  path: z.string(),
  sizeBytes: z.int().nonnegative(),
  contentType: z.string(),
  /** Strong entity tag, quoted. */
  etag: z.string(),
  modifiedAt: Instant,
  /** The name a download suggests. */
  filename: z.string(),
})
export type StoredFile = z.infer<typeof StoredFile>
