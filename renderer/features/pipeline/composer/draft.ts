import { navigate } from 'wouter/use-hash-location'
import { create } from 'zustand'
import { type TaskInput, TaskRequest, type TaskStep } from '../../../../main/contract/index.ts'
import { NEW_TASK_PATH } from '../paths.ts'

/** What a new task begins with: detection and tracking. */
const INPUT = { type: 'video_url', url: '', sampling: { mode: 'fps', value: 5 } } as const
const START: TaskRequest = { input: [INPUT], steps: [{ model: 'detect' }] }

/** The request that is being put together; kept while the window is open. */
export const useDraft = create<{ readonly request: TaskRequest }>()(() => ({ request: START }))

/** `store://<media_id>`: a video of the library. */
export function storeUrl(mediaId: string): string {
  return `store://${mediaId}`
}

/** The video of the library that an input names, or null. */
export function mediaIdOf(input: TaskInput | undefined): string | null {
  return input?.type === 'video_url' ? (/^store:\/\/([0-9a-f-]{36})$/.exec(input.url)?.[1] ?? null) : null
}

/** Goes to the composer, with a video of the library chosen when one is named. */
export function composeFor(mediaId?: string): void {
  if (mediaId !== undefined) {
    useDraft.setState({ request: { ...START, input: [{ ...INPUT, url: storeUrl(mediaId) }] } })
  }
  navigate(NEW_TASK_PATH)
}

/** Goes to the composer with all that another task was asked. */
export function composeLike(request: TaskRequest): void {
  useDraft.setState({ request })
  navigate(NEW_TASK_PATH)
}

/** Begins anew. */
export function clearDraft(): void {
  useDraft.setState({ request: START })
}

type Options = Pick<TaskInput, 'sampling' | 'range' | 'max_frames'>

/** Changes what is looked at; what is undefined goes. */
export function changeInput(change: { [K in keyof Options]?: Options[K] | undefined }): void {
  useDraft.setState(({ request }) => {
    const [input] = request.input
    return { request: { ...request, input: [without({ ...input, ...change }) as TaskInput] } }
  })
}

/** Names another video; the range was of the one before. */
export function changeUrl(url: string): void {
  useDraft.setState(({ request }) => {
    const { sampling, max_frames: maxFrames } = request.input[0] ?? {}
    const input = without({ type: 'video_url', url, sampling, max_frames: maxFrames }) as TaskInput
    return { request: { ...request, input: [input] } }
  })
}

export function changeSteps(change: (steps: readonly TaskStep[]) => TaskStep[]): void {
  useDraft.setState(({ request }) => ({ request: { ...request, steps: change(request.steps) } }))
}

export function changeRequest(change: Partial<Record<'model' | 'track' | 'counting', unknown>>): void {
  useDraft.setState(({ request }) => ({ request: without({ ...request, ...change }) as TaskRequest }))
}

/** What an object says; a key that says nothing is not sent. */
export function without<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>
}

/** What is wrong with a field, by its path: `input.0.url`. */
export type Problems = ReadonlyMap<string, string>

/** What is wrong with a request, as far as that is known without the engine. */
export function problemsOf(request: unknown): Problems {
  const { error } = TaskRequest.safeParse(request)
  const problems = new Map<string, string>()
  for (const { path, message } of error?.issues ?? []) {
    const field = path.join('.')
    if (!problems.has(field)) problems.set(field, FRIENDLY[field] ?? message)
  }
  return problems
}

const FRIENDLY: Readonly<Record<string, string>> = {
  'input.0.url': 'Choose a video, or enter a URL.',
  'input.0.sampling.value': 'Enter a number greater than 0.',
  'input.0.max_frames': 'Enter a whole number, 1 or more.',
  steps: 'Add at least one step.',
}

/** A person's JSON as a request, or what is wrong with it. */
export function requestOf(text: string): { request: TaskRequest } | { problems: Problems } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problems: new Map([['', `Invalid JSON: ${(error as Error).message}`]]) }
  }
  const problems = problemsOf(value)
  // A video may yet be chosen in the form: everything else has to be right.
  const only = [...problems.keys()].filter((field) => field !== 'input.0.url')
  return only.length > 0 || typeof value !== 'object' ? { problems } : { request: value as TaskRequest }
}
