import { Button } from '@mantine/core'
import { IconObjectScan, IconPlus, IconSubtask, IconTextScan2, IconVectorTriangle } from '@tabler/icons-react'
import { EmptyPlace } from '../../../shared/ui/EmptyPlace.tsx'
import type { Lesson } from '../../../shared/ui/Lessons.tsx'
import { composeFor } from '../composer/draft.ts'

const LESSONS: readonly Lesson[] = [
  {
    icon: IconObjectScan,
    name: 'Find and follow',
    text: 'People, cars and 78 more kinds of things, each with a number that stays its own.',
  },
  {
    icon: IconTextScan2,
    name: 'Read',
    text: 'Text in the picture, or only on what was found: plates, signs, screens.',
  },
  {
    icon: IconVectorTriangle,
    name: 'Tell apart',
    text: 'What each thing looks like, as numbers that can be compared.',
  },
]

/** What belongs here, how to bring it, what happens then. */
export function EmptyTasks() {
  return (
    <EmptyPlace
      icon={IconSubtask}
      title="See what is in a video, frame by frame"
      text="A task looks at the frames you choose and tells what it sees while it runs. All of it happens on this computer."
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
