import { Button } from '@mantine/core'
import { IconObjectScan, IconPlus, IconSubtask, IconTextScan2, IconVectorTriangle } from '@tabler/icons-react'
import { EmptyPlace } from '../../../shared/ui/EmptyPlace.tsx'
import type { Lesson } from '../../../shared/ui/Lessons.tsx'
import { composeFor } from '../composer/draft.ts'

const LESSONS: readonly Lesson[] = [
  {
    icon: IconObjectScan,
    name: 'Detect and track',
    text: 'People, cars and 78 other classes. Each object keeps its track number.',
  },
  {
    icon: IconTextScan2,
    name: 'Read text',
    text: 'In the whole frame, or only on detected objects: plates, signs, screens.',
  },
  {
    icon: IconVectorTriangle,
    name: 'Compare',
    text: 'The appearance of each object as an embedding that can be compared.',
  },
]

/** What belongs here, how to bring it, what happens then. */
export function EmptyTasks() {
  return (
    <EmptyPlace
      icon={IconSubtask}
      title="See what is in a video, frame by frame"
      text="A task analyses the frames you choose and shows results while it runs. Everything stays on this computer."
      action={
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => composeFor()}>
          New task
        </Button>
      }
      keyName="N"
      lessons={LESSONS}
    />
  )
}
