import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Notice } from './Notice.tsx'

interface LoadErrorProps {
  /** What failed: `The tasks could not be loaded`. */
  title: string
  error: Error
  /** What is safe. */
  children?: string
  onRetry: () => unknown
}

/** In place of a page that could not be loaded. */
export function LoadError({ title, error, children = '', onRetry }: LoadErrorProps) {
  return (
    <Notice icon={IconAlertTriangle} title={title} action={<Button onClick={() => void onRetry()}>Try again</Button>}>
      {error.message} {children}
    </Notice>
  )
}
