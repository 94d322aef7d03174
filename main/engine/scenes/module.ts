import { defineCapability } from '../capability.ts'
import { CandidateStore } from './candidates.ts'
import { SceneSettingsStore } from './settings.ts'

export const scenesModule = defineCapability({
  name: 'scenes',
  create: ({ database, settings }) => ({
    candidates: new CandidateStore(database),
    sceneSettings: new SceneSettingsStore(database, settings),
  }),
})
