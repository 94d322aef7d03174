import type { TaskRequest, Video } from '../../../../main/contract/index.ts'
import type { Problems } from './draft.ts'

interface CountingFormProps {
  request: TaskRequest
  video: Video
  problems: Problems
}

export function CountingForm(_: CountingFormProps) {
  return null
}
