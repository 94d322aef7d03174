import { ActionIcon, Button, Checkbox, Skeleton, Switch } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react'
import { type Scene, SceneSettings, type Video } from '../../../../main/contract/index.ts'
import { SensitivitySlider } from '../../../shared/ui/SensitivitySlider.tsx'
import { ShortestSceneInput } from '../../../shared/ui/ShortestSceneInput.tsx'
import { activityOf } from '../../../shared/media/activity-text.ts'
import { useAdjustment } from './adjustment.ts'
import { findScenes } from '../../../shared/media/video-actions.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { focusAdjust } from './focus-adjust.ts'
import { Outcome } from './Outcome.tsx'
import { useApply, type Wish } from './useApply.ts'
import { isSame, usePreview } from './usePreview.ts'
import classes from './AdjustPanel.module.css'

/** Cuts a video more or less finely; the timeline shows meanwhile what would change. */
export function AdjustPanel() {
  const { video, scenes } = useOpenVideo()
  const adjustment = useAdjustment()
  const preview = usePreview()
  const close = (): void => {
    adjustment.close()
    focusAdjust()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      // The pane around it closes by the same key.
      event.stopPropagation()
      close()
    }
    // The space bar is the player's, but not on what it ticks.
    if (event.key === ' ' && event.target instanceof HTMLInputElement) event.stopPropagation()
  }
  return (
    <section className={classes.panel} aria-label="Adjust scenes" onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <h2>Adjust scenes</h2>
        <ActionIcon size={26} aria-label="Leave the scenes as they are" onClick={close}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </div>
      <Content video={video} scenes={scenes} preview={preview} onClose={close} />
    </section>
  )
}

interface ContentProps {
  video: Video
  scenes: readonly Scene[]
  preview: ReturnType<typeof usePreview>
  onClose: () => void
}

function Content({ video, scenes, preview, onClose }: ContentProps) {
  const { settings, used, library, error } = preview
  if (error) return <NothingToCutBy video={video} message={error.message} />
  if (!settings || !used || !library) return <Skeleton h={180} radius={6} />
  return <Form {...{ video, scenes, preview, onClose, settings, used, library }} />
}

function NothingToCutBy({ video, message }: { video: Video; message: string }) {
  return (
    <div className={classes.problem} role="status">
      <p>{message}</p>
      {activityOf(video, 'analysis') === null && (
        <Button onClick={() => void findScenes([video])}>Find scenes again</Button>
      )}
    </div>
  )
}

interface FormProps extends ContentProps {
  settings: SceneSettings
  used: { settings: SceneSettings; own: boolean }
  library: SceneSettings
}

function Form({ video, scenes, preview, onClose, settings, used, library }: FormProps) {
  const adjustment = useAdjustment()
  const [forNew, setForNew] = useState(false)
  const [refused, setRefused] = useState(false)
  const { apply, applying, error } = useApply(video, onClose)
  const slider = useFocusAtFirst()
  const followsLibrary = isSame(settings, library)
  const unchanged = isSame(settings, used.settings) && (followsLibrary || !forNew)
  const change = (part: Partial<SceneSettings>): void => adjustment.change({ ...settings, ...part })
  const reset = (): void => {
    adjustment.change(library)
    setRefused(false)
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (unchanged || refused || applying) return
    const wish: Wish = forNew ? { own: null, library: settings } : { own: followsLibrary ? null : settings }
    const before = used.own ? used.settings : null
    apply({ wish, back: forNew ? { own: before, library } : { own: before } })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <SensitivitySlider
        ref={slider}
        value={settings.sensitivity}
        onChange={(sensitivity) => change({ sensitivity })}
        usual={library.sensitivity}
      />
      {used.own && !isSame(used.settings, library) && (
        <p className={classes.own}>This video has its own settings. The mark shows the library’s.</p>
      )}
      <Outcome countNow={scenes.length} countThen={preview.countThen} changes={preview.changes} />
      <Least
        value={settings.minimumSceneSeconds}
        onChange={(minimumSceneSeconds) => change({ minimumSceneSeconds })}
        refused={refused}
        onRefused={setRefused}
      />
      <Switch
        label="Split long scenes"
        labelPosition="left"
        classNames={{ body: classes.row, label: classes.label }}
        checked={settings.splitLongScenes}
        onChange={({ currentTarget: { checked } }) => change({ splitLongScenes: checked })}
      />
      <Checkbox
        size="xs"
        className={classes.forNew}
        label="Use for new videos too"
        checked={forNew}
        onChange={({ currentTarget: { checked } }) => setForNew(checked)}
      />
      <Replaced scenes={scenes} />
      {error && (
        <p className={classes.error} role="alert">
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" disabled={followsLibrary} onClick={reset} title="The settings for new videos">
          Use library settings
        </Button>
        <Button type="submit" disabled={unchanged || refused} loading={applying}>
          Apply
        </Button>
      </div>
    </form>
  )
}

interface LeastProps {
  value: number
  onChange: (value: number) => void
  /** Whether what stands in the field is none, and is not taken. */
  refused: boolean
  onRefused: (refused: boolean) => void
}

function Least({ value, onChange, refused, onRefused }: LeastProps) {
  const [typed, setTyped] = useState<number | string>(value)
  const [known, setKnown] = useState(value)
  // Changed from elsewhere: by a reset.
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  const take = (next: number | string): void => {
    setTyped(next)
    const parsed = SceneSettings.shape.minimumSceneSeconds.safeParse(next)
    onRefused(!parsed.success)
    if (!parsed.success) return
    setKnown(parsed.data)
    onChange(parsed.data)
  }
  return (
    <div className={classes.row}>
      <label className={classes.label} htmlFor="adjust-shortest">
        Shortest scene
      </label>
      <ShortestSceneInput id="adjust-shortest" w={96} value={typed} isRefused={refused} onChange={take} />
    </div>
  )
}

/** What is lost is said before it is: nothing brings it back. */
function Replaced({ scenes }: { scenes: readonly Scene[] }) {
  const described = scenes.filter(
    ({ description, tags, visibleText }) => description !== null || tags.length > 0 || visibleText !== null,
  ).length
  if (described === 0) return null
  return (
    <p className={classes.warning}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <span>
        All scenes are replaced. {described === 1 ? 'One has' : `${described} have`} descriptions, tags or text that are
        lost.
      </span>
    </p>
  )
}

/** Who opened it by a key goes on by keys. */
function useFocusAtFirst() {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true }), [])
  return place
}
