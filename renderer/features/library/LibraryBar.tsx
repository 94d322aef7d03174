import { Button, Menu, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconChevronDown, IconFolderPlus, IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { listVideos } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { span } from '../../shared/format/time.ts'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { useImport } from '../../shared/media/useImport.ts'
import { SEARCH_ID } from './useLibraryKeys.ts'
import { searchFor, useVisit } from './view.ts'
import classes from './LibraryBar.module.css'

/** The library's top bar: how much there is, the search, and the way in. */
export function LibraryBar({ empty }: { empty: boolean }) {
  const { data } = useEngine('videos', listVideos, { limit: 1 })
  const facts = data && data.total > 0 ? `${count(data.total, 'video')}, ${span(data.totalSeconds)}` : undefined
  return (
    <TopBar title={<h1>Library</h1>} facts={facts}>
      {!empty && <Search />}
      <ImportButton />
    </TopBar>
  )
}

/** Of quick typing only the last letter is searched for; slower typing waits for nothing. */
const PAUSE_MS = 30

/** Follows the typing; what clears the filters clears it too. */
function Search() {
  const search = useVisit((visit) => visit.search)
  const [text, setText] = useState(search)
  const follow = useDebouncedCallback(searchFor, PAUSE_MS)
  useEffect(() => useVisit.subscribe((now, before) => now.search !== before.search && setText(now.search)), [])
  const type = (value: string): void => {
    setText(value)
    follow(value)
  }
  const leave = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Escape') return
    if (text === '') event.currentTarget.blur()
    else type('')
  }
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      role="searchbox"
      aria-label="Search titles and filenames"
      placeholder="Search titles and filenames"
      value={text}
      maxLength={500}
      spellCheck={false}
      classNames={{ root: classes.search, input: classes.input }}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      rightSection={text === '' ? <kbd>/</kbd> : <ClearButton onClick={() => type('')} />}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={leave}
    />
  )
}

function ClearButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className={classes.clear} aria-label="Clear the search" onClick={onClick}>
      <IconX size={14} stroke={1.75} />
    </button>
  )
}

function ImportButton() {
  const importing = useImport()
  return (
    <Button.Group>
      <Button
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => importing.pickFiles()}
        title="Import files (Ctrl O)"
      >
        Import
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button px={7} aria-label="More ways to import" className={classes.more}>
            <IconChevronDown size={14} stroke={1.75} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPlus size={16} stroke={1.75} />}
            rightSection={<kbd>Ctrl O</kbd>}
            onClick={() => importing.pickFiles()}
          >
            Import files
          </Menu.Item>
          <Menu.Item leftSection={<IconFolderPlus size={16} stroke={1.75} />} onClick={() => importing.pickFolder()}>
            Import a folder
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
