import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

interface LoadedProps<T> {
  query: { readonly data: T | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  /** What is loaded, as the error names it: `The API keys`. */
  what: string
  /** Of the placeholder, in pixels. */
  height: number
  children: (data: T) => ReactNode
}

/** What a query answers; a placeholder until then, and its error with a way to try again. */
export function Loaded<T>({ query: { data, error, refetch }, what, height, children }: LoadedProps<T>) {
  return (
    <>
      <ErrorNote message={error && `${what} could not be loaded: ${error.message}`}>
        <Button variant="default" h={26} onClick={() => void refetch()}>
          Try again
        </Button>
      </ErrorNote>
      {data === undefined ? !error && <Skeleton h={height} radius={8} /> : children(data)}
    </>
  )
}
