import { Skeleton, Switch } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import {
  DEFAULT_SCENE_SETTINGS,
  getSceneSettings,
  SceneSettings,
  setSceneSettings,
} from '../../../main/contract/index.ts'
import { useAct, useEngine } from '../../shared/engine/queries.ts'
import { SensitivitySlider } from '../../shared/ui/SensitivitySlider.tsx'
import { ShortestSceneInput } from '../../shared/ui/ShortestSceneInput.tsx'
import { Problem } from './Problem.tsx'
import { SettingRow } from './SettingRow.tsx'
import section from './Section.module.css'
import classes from './Scenes.module.css'

/** How finely videos are cut into scenes, unless one is adjusted on its own page. */
export function Scenes() {
  const { data: settings, error, refetch } = useEngine('sceneSettings', getSceneSettings, {})
  const act = useAct(setSceneSettings, 'sceneSettings')
  if (error) return <Problem what="The scene settings" error={error} onRetry={() => void refetch()} />
  if (!settings) return <Skeleton h={180} radius={8} />
  const { sensitivity, minimumSceneSeconds, splitLongScenes } = settings
  return (
    <>
      <p className={section.lead}>
        These settings apply to new videos. Existing scenes stay as they are; you can adjust a video on its own page,
        where the timeline shows what would change.
      </p>
      {act.error && (
        <p className={section.problem} role="alert">
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {act.error.message}
        </p>
      )}
      {/* Moved apart from what the engine says, and begun anew when that changes. */}
      <Sensitivity key={`s${sensitivity}`} value={sensitivity} onKeep={(to) => act.mutate({ sensitivity: to })} />
      <Least
        key={`l${minimumSceneSeconds}`}
        value={minimumSceneSeconds}
        onKeep={(to) => act.mutate({ minimumSceneSeconds: to })}
      />
      <SettingRow
        name="Split long scenes"
        controlId="scenes-split"
        hint="Splits scenes longer than a minute where the picture has changed a lot."
      >
        <Switch
          id="scenes-split"
          checked={splitLongScenes}
          disabled={act.isPending}
          onChange={({ currentTarget: { checked } }) => act.mutate({ splitLongScenes: checked })}
        />
      </SettingRow>
    </>
  )
}

interface ValueProps {
  value: number
  onKeep: (value: number) => void
}

function Sensitivity({ value, onKeep }: ValueProps) {
  const [shown, setShown] = useState(value)
  return (
    <SettingRow
      name="Sensitivity"
      hint="How readily a change counts as a cut. Higher finds faint dissolves, and sometimes a false cut."
    >
      <div className={classes.slider}>
        <SensitivitySlider
          value={shown}
          onChange={setShown}
          onChangeEnd={(to) => to !== value && onKeep(to)}
          usual={DEFAULT_SCENE_SETTINGS.sensitivity}
        />
      </div>
    </SettingRow>
  )
}

function Least({ value, onKeep }: ValueProps) {
  const [seconds, setSeconds] = useState<number | string>(value)
  const parsed = SceneSettings.shape.minimumSceneSeconds.safeParse(seconds)
  const keep = (): void => {
    if (parsed.success && parsed.data !== value) onKeep(parsed.data)
  }
  return (
    <SettingRow
      name="Shortest scene"
      controlId="scenes-shortest"
      hint="Of two cuts closer than this, only the more confident one is kept."
    >
      <ShortestSceneInput
        id="scenes-shortest"
        w={110}
        value={seconds}
        isRefused={!parsed.success}
        onChange={setSeconds}
        onBlur={keep}
        onKeyDown={({ key }) => key === 'Enter' && keep()}
      />
    </SettingRow>
  )
}
