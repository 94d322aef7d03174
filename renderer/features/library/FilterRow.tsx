import { ActionIcon, Menu, Slider, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconLayoutSidebarRight, IconPhoto } from '@tabler/icons-react'
import type { VideoSort, VideoState } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { FilterChips } from '../../shared/ui/FilterChips.tsx'
import type { Details } from './useDetails.ts'
import type { Shown } from './useSequence.ts'
import { showOnly, sortBy, SORTS, THUMBS, useView, useVisit } from './view.ts'
import classes from './FilterRow.module.css'

const FILTERS: readonly { readonly value: VideoState; readonly name: string }[] = [
  { value: 'all', name: 'All' },
  { value: 'working', name: 'Working' },
  { value: 'failed', name: 'Needs you' },
]

interface FilterRowProps {
  shown: Shown
  details: Details
}

/** What is shown and how: state, order, size. */
export function FilterRow({ shown, details }: FilterRowProps) {
  const search = useVisit((visit) => visit.search)
  const filter = useVisit((visit) => visit.filter)
  return (
    <div className={classes.row}>
      <FilterChips
        label="Show"
        options={FILTERS.map((one) => ({ ...one, count: countOf(one.value, shown) }))}
        chosen={filter}
        onChoose={showOnly}
      />
      <div className={classes.hits} role="status">
        {search !== '' && !shown.isPending && count(shown.videos.counts.all, 'hit')}
      </div>
      <SortMenu />
      <SizeSlider />
      {!details.open && (
        <Tooltip label="Show details (D)">
          <ActionIcon size={26} aria-label="Show details" onClick={details.toggle}>
            <IconLayoutSidebarRight size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}

/** How many there are in a state; of all, the bar tells. */
function countOf(filter: VideoState, { videos: { counts } }: Shown): string {
  return filter === 'all' || counts[filter] === 0 ? '' : counts[filter].toLocaleString('en-GB')
}

function SortMenu() {
  const sort = useView((view) => view.sort)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.sort} aria-label={`Order: ${SORTS[sort]}`}>
          {SORTS[sort]}
          <IconChevronDown size={14} stroke={1.75} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={sort} onChange={(value) => sortBy(value as VideoSort)}>
          {Object.entries(SORTS).map(([value, name]) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

function SizeSlider() {
  const thumbWidth = useView((view) => view.thumbWidth)
  return (
    <div className={classes.size}>
      <IconPhoto size={16} stroke={1.75} aria-hidden />
      <Slider
        w={72}
        size={3}
        thumbSize={12}
        label={null}
        thumbLabel="Size of the pictures"
        min={THUMBS.min}
        max={THUMBS.max}
        step={4}
        value={thumbWidth}
        onChange={(value) => useView.setState({ thumbWidth: value })}
        classNames={{ thumb: classes.thumb }}
      />
    </div>
  )
}
