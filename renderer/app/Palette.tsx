import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconAlbum, IconMovie, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { listVideos } from '../../main/contract/index.ts'
import { openAlbum } from '../features/albums/actions.ts'
import { amountOf } from '../features/albums/album-text.ts'
import { albumsNamed } from '../features/albums/list/albums-named.ts'
import { useAlbums } from '../features/albums/list/useAlbums.ts'
import { useEngine } from '../shared/engine/queries.ts'
import { count } from '../shared/format/size.ts'
import { clock } from '../shared/format/time.ts'
import { type Command, matching } from './commands.ts'
import { videoPath } from '../shared/navigation/paths.ts'
import { useCommands } from './useCommands.ts'
import classes from './Palette.module.css'

const MOST_VIDEOS = 8
const MOST_ALBUMS = 4
const LIST_ID = 'palette-actions'

const [store] = createSpotlight()

/** Go anywhere, do anything, by typing: Ctrl K or ⌘ K. */
export function Palette() {
  const [query, setQuery] = useState('')
  const [opened, setOpened] = useState(false)
  const commands = matching(useCommands(), query)
  const videos = useVideos(query, opened)
  const albums = useFoundAlbums(query, opened)
  useFirstSelected(query, `${commands.length} ${[...albums, ...videos].map(({ key }) => key).join(' ')}`)
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      shortcut="mod + K"
      // The palette opens from a field, too: it is the way out of one.
      tagsToIgnore={[]}
      centered={false}
      yOffset="14vh"
      scrollable
      maxHeight={420}
      radius={10}
      title="Commands"
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      classNames={{
        header: classes.header ?? '',
        content: classes.content ?? '',
        action: classes.action ?? '',
        actionsGroup: classes.group ?? '',
      }}
    >
      <Spotlight.Search
        placeholder="Go to, import, or open a video or album by its title"
        aria-label="Command or title of a video or album"
        leftSection={<IconSearch size={16} stroke={1.75} />}
      />
      <Spotlight.ActionsList id={LIST_ID}>
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label="Commands">{commands.map(commandAction)}</Spotlight.ActionsGroup>
        )}
        {albums.length > 0 && <Spotlight.ActionsGroup label="Albums">{albums}</Spotlight.ActionsGroup>}
        {videos.length > 0 && <Spotlight.ActionsGroup label="Videos">{videos}</Spotlight.ActionsGroup>}
        {commands.length + albums.length + videos.length === 0 && (
          <Spotlight.Empty>No command, no album and no video is called “{query.trim()}”.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Enter takes the first hit. Spotlight selects it when the words change, but the videos come later than that. */
function useFirstSelected(query: string, shown: string): void {
  useEffect(() => {
    const list = document.getElementById(LIST_ID)
    if (query === '' || !list || list.querySelector('[data-selected]')) return
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [query, shown])
}

function commandAction({ id, name, icon: Icon, key, run }: Command) {
  return (
    <Spotlight.Action
      key={id}
      dimmedSections={false}
      label={name}
      leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
      rightSection={key && <kbd>{key}</kbd>}
      onClick={run}
    />
  )
}

/** The albums that the typed words name. */
function useFoundAlbums(query: string, opened: boolean) {
  const { data = [] } = useAlbums({ enabled: opened })
  const found = query.trim() === '' ? [] : albumsNamed(data, query).slice(0, MOST_ALBUMS)
  return found.map((album) => (
    <Spotlight.Action
      key={album.albumId}
      dimmedSections={false}
      label={album.title}
      leftSection={<IconAlbum size={16} stroke={1.75} aria-hidden />}
      rightSection={<span className={classes.facts}>{amountOf(album)}</span>}
      onClick={() => openAlbum(album)}
    />
  ))
}

/** The videos that the typed words name; with nothing typed, the newest. */
function useVideos(query: string, opened: boolean) {
  const [, navigate] = useLocation()
  const [search] = useDebouncedValue(query.trim(), 120)
  const input = { search, limit: MOST_VIDEOS }
  const { data } = useEngine('videos', listVideos, input, { enabled: opened, keepPrevious: true })
  return (data?.videos ?? []).map(({ videoId, title, metadata, sceneCount }) => (
    <Spotlight.Action
      key={videoId}
      dimmedSections={false}
      label={title}
      leftSection={<IconMovie size={16} stroke={1.75} aria-hidden />}
      rightSection={
        <span className={classes.facts}>
          {[metadata.durationSeconds !== null && clock(metadata.durationSeconds), count(sceneCount, 'scene')]
            .filter(Boolean)
            .join(', ')}
        </span>
      }
      onClick={() => navigate(videoPath(videoId))}
    />
  ))
}
