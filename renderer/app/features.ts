import { albums } from '../features/albums/feature.ts'
import { annotations } from '../features/annotations/feature.ts'
import { engagement } from '../features/engagement/feature.ts'
import { library } from '../features/library/feature.ts'
import { maintenance } from '../features/maintenance/feature.ts'
import { pipeline } from '../features/pipeline/feature.ts'
import { scenes } from '../features/scenes/feature.ts'
import { settings } from '../features/settings/feature.ts'
import { uploads } from '../features/uploads/feature.ts'
import { video } from '../features/video/feature.ts'
import type { Feature } from '../shared/registry/feature.ts'

/** Every feature of the window: their order is that of the rail, of menus, and of what they add to the video page. */
export const FEATURES: readonly Feature[] = [
  library,
  uploads,
  video,
  scenes,
  annotations,
  pipeline,
  albums,
  engagement,
  settings,
  maintenance,
]
