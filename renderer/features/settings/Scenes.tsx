import { Box, Switch } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import {
  DEFAULT_SCENE_SETTINGS,
  getSceneSettings,
  SceneSettings,
  setSceneSettings,
} from '../../../main/contract/index.ts'
import { useAct, useEngine } from '../../shared/engine/queries.ts'
import { ErrorNote } from '../../shared/settings/ErrorNote.tsx'
import { Loaded } from '../../shared/settings/Loaded.tsx'
import { SectionHead } from '../../shared/settings/SectionHead.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'
import { SensitivitySlider } from '../../shared/ui/SensitivitySlider.tsx'
import { ShortestSceneInput } from '../../shared/ui/ShortestSceneInput.tsx'

/** Settings of scene detection, unless a video is adjusted on its own page. */
export function Scenes() {
  return (
    <Loaded query={useEngine('sceneSettings', getSceneSettings, {})} what="The scene settings" height={180}>
      {(settings) => <SceneForm settings={settings} />}
    </Loaded>
  )
}

function SceneForm({ settings }: { settings: z.output<typeof SceneSettings> }) {
  const act = useAct(setSceneSettings, 'sceneSettings')
  const { sensitivity, minimumSceneSeconds, splitLongScenes } = settings
  return (
    <>
      <SectionHead>
        These settings apply to new videos. Existing scenes stay as they are; you can adjust a video on its own page,
        where the timeline shows what would change.
      </SectionHead>
      <ErrorNote message={act.error?.message} />
      {/* What is being changed is replaced when the engine's value changes. */}
      <Sensitivity key={`s${sensitivity}`} value={sensitivity} onKeep={(to) => act.mutate({ sensitivity: to })} />
      <ShortestScene
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
      <Box w={260} maw="100%">
        <SensitivitySlider
          value={shown}
          onChange={setShown}
          onChangeEnd={(to) => to !== value && onKeep(to)}
          usual={DEFAULT_SCENE_SETTINGS.sensitivity}
        />
      </Box>
    </SettingRow>
  )
}

function ShortestScene({ value, onKeep }: ValueProps) {
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
