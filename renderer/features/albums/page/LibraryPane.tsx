import { Button, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconLayoutSidebarRightCollapse, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { type Album, listVideos } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import { PaneVideo } from './PaneVideo.tsx'
import classes from './LibraryPane.module.css'

/** Videos that are asked for at first, and more of them each time. */
const STEP = 50

interface LibraryPaneProps {
  album: Album
  onClose: () => void
}

/** The library beside an album: its videos and their scenes, to be dragged in or added by a press. */
export function LibraryPane({ album, onClose }: LibraryPaneProps) {
  const [text, setText] = useState('')
  const [limit, setLimit] = useState(STEP)
  const [search] = useDebouncedValue(text.trim(), 150)
  const { data, error, refetch } = useEngine('videos', listVideos, { search, limit }, { keepPrevious: true })
  const taken = new Set(album.items.map(({ mediaId }) => mediaId))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (text === '') onClose()
    else setText('')
  }
  const find = (typed: string): void => {
    setText(typed)
    setLimit(STEP)
  }
  return (
    <aside className={classes.pane} aria-label="Add from library" onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <h2>Add from library</h2>
        <IconButton
          icon={IconLayoutSidebarRightCollapse}
          name="Hide the library (A)"
          label="Hide the library"
          onClick={onClose}
        />
      </div>
      <TextInput
        className={classes.find}
        aria-label="Search titles and filenames"
        placeholder="Search titles and filenames"
        leftSection={<IconSearch size={16} stroke={1.75} />}
        value={text}
        maxLength={500}
        autoFocus={album.items.length > 0}
        onChange={({ currentTarget }) => find(currentTarget.value)}
      />
      <ul className={classes.list} aria-label="Videos">
        {error && !data && (
          <li className={classes.note} role="alert">
            The library could not be loaded. {error.message}{' '}
            <Button variant="default" h={26} onClick={() => void refetch()}>
              Try again
            </Button>
          </li>
        )}
        {!data && !error && <Loading />}
        {data?.videos.map((video) => (
          <PaneVideo key={video.videoId} album={album} video={video} taken={taken} />
        ))}
        {data?.total === 0 && (
          <li className={classes.note}>
            {search === ''
              ? 'The library is empty. Import footage first.'
              : `No title or filename contains “${search}”.`}
          </li>
        )}
        {data && data.total > data.videos.length && (
          <li className={classes.note}>
            <Button variant="default" fullWidth onClick={() => setLimit(limit + STEP)}>
              Show more of {data.total.toLocaleString('en-GB')}
            </Button>
          </li>
        )}
      </ul>
    </aside>
  )
}

function Loading() {
  return Array.from({ length: 8 }, (_, index) => (
    <li key={index} className={classes.row}>
      <Skeleton w={80} h={45} radius={4} />
      <Skeleton h={12} w="80%" radius={4} />
    </li>
  ))
}
