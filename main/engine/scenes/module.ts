import { defineCapability } from '../capability.ts'
import { eventsModule } from '../events/index.ts'
import { CandidateStore } from './candidates.ts'
import { SceneSettingsStore } from './settings.ts'
import { SceneStore } from './store.ts'

export const scenesModule = defineCapability({
  name: 'scenes',
  create: ({ database, settings, use }) => ({
    scenes: new SceneStore(database, use(eventsModule).events),
    candidates: new CandidateStore(database),
    sceneSettings: new SceneSettingsStore(database, settings),
  }),
})
