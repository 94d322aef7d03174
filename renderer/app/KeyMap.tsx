import { Modal } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { bridge } from '../shared/engine/bridge.ts'
import { closeKeyMap, openKeyMap, useKeyMap } from '../shared/ui/key-map-state.ts'
import type { Shortcut } from '../shared/registry/feature.ts'
import { useFeatures } from '../shared/registry/features.ts'
import { keyName, shortcutsOf } from './shortcuts.ts'
import classes from './KeyMap.module.css'

/** All shortcuts, on `?`. */
export function KeyMap() {
  const opened = useKeyMap((state) => state.opened)
  const shortcuts = shortcutsOf(useFeatures())
  useWindowEvent('keydown', (event) => {
    // Which key has the question mark, and with which modifier, depends on the keyboard's layout.
    if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return
    event.preventDefault()
    openKeyMap()
  })
  return (
    <Modal opened={opened} onClose={closeKeyMap} title="Shortcuts" size={860}>
      <div className={classes.groups}>
        {shortcuts.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name}>
            <h3 className={classes.name}>{name}</h3>
            <dl className={classes.list}>
              {shortcuts.map((shortcut) => (
                <Line key={shortcut.does} shortcut={shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function Line({ shortcut: { does, keys } }: { shortcut: Shortcut }) {
  return (
    <div>
      <dt>{does}</dt>
      <dd>
        {keys.map((combination) => (
          <span key={combination.join()} className={classes.combination}>
            {combination.map((key) => (
              <kbd key={key}>{keyName(key, bridge.platform)}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
