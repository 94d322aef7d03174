import { type Query, QueryClient, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import type { z } from 'zod'
import {
  type Change,
  EngineError,
  type ErrorCode,
  followChanges,
  type Operation,
} from '../../../main/contract/index.ts'
import { engine } from './client.ts'

/** First word of a query's key: what a change of that topic makes stale. The engine's capabilities name them. */
export type Topic = Change['topic']

/** Topics whose changes leave the facts of the installation as they are; some come many times a second. */
const APART_FROM_SYSTEM: ReadonlySet<Topic> = new Set(['server', 'maintenance', 'audit'])

/** Asking once more would be answered the same. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['not_found', 'conflict'])

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine says when something changed; asking again without a reason only costs.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof EngineError && FINAL.has(error.code)),
    },
  },
})

/** Engine state under `[topic, operation, input]`, fresh until the engine says otherwise. */
export function useEngine<I extends z.ZodType, O extends z.ZodType>(
  topic: Topic,
  operation: Operation<I, O>,
  input: z.input<I>,
  options: { enabled?: boolean; refetchInterval?: number | false; keepPrevious?: boolean } = {},
): UseQueryResult<z.output<O>, EngineError> {
  const { keepPrevious, ...rest } = options
  return useQuery<z.output<O>, EngineError>({
    queryKey: [topic, operation.name, input],
    queryFn: () => engine.run(operation, input),
    ...(keepPrevious && { placeholderData: (previous: z.output<O> | undefined) => previous as never }),
    ...rest,
  })
}

/** An operation that changes something; what it touches is asked for again when it is done. */
export function useAct<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, ...topics: Topic[]) {
  return useMutation<z.output<O>, EngineError, z.input<I>>({
    mutationFn: (input) => engine.run(operation, input),
    onSettled: () => Promise.all(topics.map((topic) => queryClient.invalidateQueries({ queryKey: [topic] }))),
  })
}

/** Shows what an operation will bring before the engine has done it; what is asked meanwhile does not take it back. */
export async function foresee<I extends z.ZodType, O extends z.ZodType>(
  topic: Topic,
  operation: Operation<I, O>,
  input: z.input<I>,
  change: (now: z.output<O>) => z.output<O>,
): Promise<void> {
  const queryKey = [topic, operation.name, input]
  await queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData<z.output<O>>(queryKey, (now) => (now === undefined ? now : change(now)))
}

/** What shows a sum of many changes follows a burst of them a second later; a list, at once and then every second. */
const FOLLOW_MS = 1000
const following = new Set<Topic>()

function refreshLater(topic: Topic): void {
  if (following.has(topic)) return
  const refresh = (): void => {
    following.delete(topic)
    void queryClient.invalidateQueries({ queryKey: [topic] })
  }
  following.add(topic)
  setTimeout(refresh, FOLLOW_MS)
}

/** Milliseconds since 1970 when the lists of videos were made stale last, and the timer that will do it again. */
let listsRefreshedAt = 0
let listsTimer: ReturnType<typeof setTimeout> | null = null

/** An import changes each video many times, and each time the lists with it. */
function refreshVideoLists(): void {
  if (listsTimer !== null) return
  const refresh = (): void => {
    listsTimer = null
    listsRefreshedAt = Date.now()
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isVideoList(queryKey) })
  }
  const wait = listsRefreshedAt + FOLLOW_MS - Date.now()
  if (wait <= 0) refresh()
  else listsTimer = setTimeout(refresh, wait)
}

/** Whether a query is about videos, and not about one of them. */
function isVideoList([topic, , input]: readonly unknown[]): boolean {
  return topic === 'videos' && typeof (input as { videoId?: unknown } | undefined)?.videoId !== 'string'
}

function refreshQueries(change: Change): void {
  const isOneVideo = change.topic === 'videos' && typeof change.ids['videoId'] === 'string'
  const predicate = ({ queryKey }: Query): boolean =>
    isStale(queryKey, change) && !(isOneVideo && isVideoList(queryKey))
  void queryClient.invalidateQueries({ predicate })
  if (isOneVideo) refreshVideoLists()
}

/** Whether a query may show what changed: not when both name one thing, and another one. */
export function isStale([topic, , input]: readonly unknown[], change: Change): boolean {
  if (topic !== change.topic) return false
  const asked = (input ?? {}) as Readonly<Record<string, unknown>>
  return Object.entries(change.ids).every(([name, id]) => typeof asked[name] !== 'string' || asked[name] === id)
}

/** Keeps all engine state fresh while the page is open. Call it once, at the root. */
export function useChanges(): void {
  // Before the queries of the same page, which begin in plain effects: a change in between would be missed.
  useLayoutEffect(
    () =>
      engine.follow(followChanges, {}, (change) => {
        refreshQueries(change)
        // Albums show titles and pictures of videos.
        if (change.topic === 'videos') refreshLater('albums')
        if (!APART_FROM_SYSTEM.has(change.topic)) refreshLater('system')
      }),
    [],
  )
}
