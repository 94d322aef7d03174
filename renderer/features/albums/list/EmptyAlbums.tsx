import { Button } from '@mantine/core'
import { IconAlbum, IconArrowsSort, IconPlus, IconPresentation, IconShare2 } from '@tabler/icons-react'
import { EmptyPlace } from '../../../shared/ui/EmptyPlace.tsx'
import type { Lesson } from '../../../shared/ui/Lessons.tsx'
import { newAlbum } from '../dialogs/dialog.ts'

const LESSONS: readonly Lesson[] = [
  {
    icon: IconArrowsSort,
    name: 'Put in order',
    text: 'Drag videos and the pictures of scenes into the order that tells it, with a caption below each.',
  },
  {
    icon: IconPresentation,
    name: 'Show',
    text: 'Full screen, one after the other: photos for five seconds, videos whole.',
  },
  {
    icon: IconShare2,
    name: 'Hand on',
    text: 'A page in the browser, for whoever you let in. Nothing is copied or sent anywhere.',
  },
]

/** What belongs here, how to bring it, what happens then. */
export function EmptyAlbums() {
  return (
    <EmptyPlace
      icon={IconAlbum}
      title="Put together what others have to see"
      text="An album holds videos and photos of the library without copying them. It stays private until you share it."
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
