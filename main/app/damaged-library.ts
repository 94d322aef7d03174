import { asEngineError } from '../contract/errors.ts'
import type { Snapshot } from '../contract/maintenance/maintenance.ts'

/** The dialog for a damaged library. Closing it means the last choice. */
export interface Question {
  readonly message: string
  readonly detail: string
  readonly choices: readonly string[]
}

export interface OpeningSteps<S> {
  readonly open: () => Promise<S>
  readonly isReadOnly: (session: S) => boolean
  readonly close: (session: S) => Promise<void>
  /** Newest first. */
  readonly snapshots: () => readonly Snapshot[]
  readonly useSnapshot: (name: string) => Promise<unknown>
  /** @returns the index of the choice. */
  readonly ask: (question: Question) => Promise<number>
}

/**
 * Opens a library; where it is damaged, asks first: the last good copy, read only where that works, or quit.
 * @returns null when the person quits.
 * @throws EngineError for any other reason it cannot be opened.
 */
export async function openOrAsk<S>(steps: OpeningSteps<S>): Promise<S | null> {
  for (;;) {
    const opened = await tryToOpen(steps)
    if ('session' in opened && !steps.isReadOnly(opened.session)) return opened.session
    const answer = await askWhatToDo(steps, opened)
    if (answer.kind === 'open') return answer.session
    if ('session' in opened) await steps.close(opened.session)
    if (answer.kind === 'quit') return null
    await steps.useSnapshot(answer.name)
  }
}

type Opened<S> = { readonly session: S } | { readonly why: string }
type Answer<S> =
  | { readonly kind: 'open'; readonly session: S }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'quit' }

async function tryToOpen<S>({ open }: OpeningSteps<S>): Promise<Opened<S>> {
  try {
    return { session: await open() }
  } catch (error) {
    const { code, message } = asEngineError(error)
    if (code !== 'library_damaged') throw error
    return { why: message }
  }
}

async function askWhatToDo<S>({ snapshots, ask }: OpeningSteps<S>, opened: Opened<S>): Promise<Answer<S>> {
  const [newest] = snapshots()
  const answers: (readonly [choice: string, answer: Answer<S>])[] = [
    ...(newest ? [[`Use the copy of ${dateOf(newest)}`, { kind: 'use', name: newest.name }] as const] : []),
    ...('session' in opened ? [['Open read only', { kind: 'open', session: opened.session }] as const] : []),
    ['Quit', { kind: 'quit' }],
  ]
  const detail =
    'session' in opened
      ? 'Your videos are not affected. Read only, you can view what is intact; nothing is changed. ' +
        'The damaged database stays in the library folder in any case.'
      : opened.why
  const message = 'The library is damaged'
  const [, answer] = answers[await ask({ message, detail, choices: answers.map(([choice]) => choice) })] ?? []
  return answer ?? { kind: 'quit' }
}

function dateOf({ madeAt }: Snapshot): string {
  return new Date(madeAt).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })
}
