import { ActionIcon, FocusTrap, Portal, Tooltip } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconVolume,
  IconVolumeOff,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { AlbumItem } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { nameOf } from '../album-text.ts'
import { Slide } from './Slide.tsx'
import { useFullScreenWhileOpen } from './useFullScreenWhileOpen.ts'
import { type Show, useShow } from './useShow.ts'
import classes from './Slideshow.module.css'

interface SlideshowProps {
  items: readonly AlbumItem[]
  /** Index of the first one shown. */
  from: number
  /** The album's title. */
  title: string
  onClose: () => void
}

/** Items full screen, one after the other. */
export function Slideshow({ items, ...rest }: SlideshowProps) {
  const [first, ...others] = items
  return first ? <Shown items={[first, ...others]} {...rest} /> : null
}

function Shown({ items, from, title, onClose }: SlideshowProps & { items: readonly [AlbumItem, ...AlbumItem[]] }) {
  const show = useShow(items, from)
  useFullScreenWhileOpen(onClose)
  useFocusBack()
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: show.isLast ? () => undefined : show.next,
    ArrowLeft: show.previous,
    PageDown: show.isLast ? () => undefined : show.next,
    PageUp: show.previous,
    Home: () => show.goTo(0),
    End: () => show.goTo(items.length - 1),
    ' ': show.toggle,
    m: show.toggleMuted,
    Escape: onClose,
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat || event.key.startsWith('Arrow')) act()
  }
  const { item } = show
  const next = items[show.index + 1]
  return (
    <Portal>
      <FocusTrap active>
        <div
          className={classes.show}
          role="dialog"
          aria-modal="true"
          aria-label={`Slideshow of ${title}`}
          tabIndex={-1}
          data-autofocus
          onKeyDown={onKeyDown}
        >
          <Slide key={item.itemId} item={item} playing={show.playing} muted={show.muted} onEnd={show.next} />
          <div className={classes.bar}>
            <div className={classes.words} aria-live="polite">
              <div className={classes.caption}>{nameOf(item)}</div>
              {item.caption !== null && <div className={classes.title}>{item.title}</div>}
            </div>
            <Controls show={show} />
            <div className={classes.right}>
              <span className={classes.count}>
                {show.index + 1} / {items.length}
              </span>
              <Control
                icon={show.muted ? IconVolumeOff : IconVolume}
                name={show.muted ? 'Sound on (M)' : 'Sound off (M)'}
                act={show.toggleMuted}
              />
              <Control icon={IconX} name="Close (Esc)" act={onClose} />
            </div>
          </div>
          {/* The next picture is there when its turn comes. */}
          {next?.mediaType === 'photo' && <img src={mediaUrl(next.mediaUrl ?? next.thumbnailUrl)} alt="" hidden />}
        </div>
      </FocusTrap>
    </Portal>
  )
}

/** What had the keyboard before has it again afterwards. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus()
    },
    [before],
  )
}

function Controls({ show }: { show: Show }) {
  return (
    <div className={classes.controls}>
      <Control icon={IconPlayerSkipBack} name="Previous (←)" act={show.previous} disabled={show.isFirst} />
      <Control
        icon={show.playing ? IconPlayerPauseFilled : IconPlayerPlayFilled}
        name={show.playing ? 'Pause (Space)' : 'Play (Space)'}
        act={show.toggle}
      />
      <Control icon={IconPlayerSkipForward} name="Next (→)" act={show.next} disabled={show.isLast} />
    </div>
  )
}

interface ControlProps {
  icon: TablerIcon
  name: string
  act: () => void
  disabled?: boolean
}

function Control({ icon: Icon, name, act, disabled = false }: ControlProps) {
  return (
    <Tooltip label={name} zIndex={400}>
      <ActionIcon
        className={classes.button ?? ''}
        aria-label={name.replace(/ \(.*\)$/, '')}
        disabled={disabled}
        onClick={act}
      >
        <Icon size={18} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  )
}
