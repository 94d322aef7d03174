import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Command, SearchGroup, SearchHit } from '../shared/registry/feature.ts'
import { useContributions } from '../shared/registry/features.ts'
import { matching } from './commands.ts'
import { useCommands } from './useCommands.ts'
import classes from './Palette.module.css'

const LIST_ID = 'palette-actions'

const [store] = createSpotlight()

/** Go anywhere, do anything, by typing: Ctrl K or ⌘ K. */
export function Palette() {
  const [query, setQuery] = useState('')
  const [opened, setOpened] = useState(false)
  const commands = matching(useCommands(), query)
  const groups = useFound(query, opened)
  useFirstSelected(query, `${commands.length} ${groups.flatMap(({ hits }) => hits.map(({ id }) => id)).join(' ')}`)
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
        {groups.map(({ name, hits }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {hits.map(hitAction)}
          </Spotlight.ActionsGroup>
        ))}
        {commands.length + groups.length === 0 && (
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

function hitAction({ id, title, icon: Icon, facts, open }: SearchHit) {
  return (
    <Spotlight.Action
      key={id}
      dimmedSections={false}
      label={title}
      leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
      rightSection={<span className={classes.facts}>{facts}</span>}
      onClick={open}
    />
  )
}

/** What the features find by the typed words. Their list never changes, so that the order of their hooks does not. */
function useFound(query: string, opened: boolean): SearchGroup[] {
  return useContributions('useSearch')
    .map((search) => search(query, opened))
    .filter(({ hits }) => hits.length > 0)
}
