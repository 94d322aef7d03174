import { Button } from '@mantine/core'
import { IconAlbum, IconArrowsSort, IconPlus, IconPresentation, IconShare2 } from '@tabler/icons-react'
import { EmptyPlace } from '../../../shared/ui/EmptyPlace.tsx'
import type { Lesson } from '../../../shared/ui/Lessons.tsx'
import { newAlbum } from '../dialogs/dialog.ts'

const LESSONS: readonly Lesson[] = [
  {
    icon: IconArrowsSort,
    name: 'Arrange',
    text: 'Drag videos and scene pictures into order and add captions.',
  },
  {
    icon: IconPresentation,
    name: 'Present',
    text: 'Full screen, one after the other: photos for five seconds, videos to their end.',
  },
  {
    icon: IconShare2,
    name: 'Share',
    text: 'A web page for the people you choose. Nothing is uploaded.',
  },
]

/** What belongs here, how to bring it, what happens then. */
export function EmptyAlbums() {
  return (
    <EmptyPlace
      icon={IconAlbum}
      title="Collect videos and photos to share"
      text="An album collects videos and photos of the library without copying them. It is private until you share it."
      action={
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={newAlbum}>
          New album
        </Button>
      }
      keyName="N"
      lessons={LESSONS}
    />
  )
}
