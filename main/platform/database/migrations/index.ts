import { foundLibrary } from './001-found-library.ts'
import { describeKeys } from './002-describe-keys.ts'
import { orderImports } from './003-order-imports.ts'
import { keepAnswers } from './004-keep-answers.ts'
import { batchWishes } from './005-batch-wishes.ts'
import { sceneFrames } from './006-scene-frames.ts'
import { adjustScenes } from './007-adjust-scenes.ts'
import { frameTasks } from './008-frame-tasks.ts'
import { catalogue } from './009-catalogue.ts'
import { engagement } from './010-engagement.ts'
import { albums } from './011-albums.ts'
import { sidecars } from './012-sidecars.ts'
import { checksums } from './013-checksums.ts'
import { auditLog } from './014-audit-log.ts'
import type { Migration } from './migration.ts'

/** In order; `user_version` counts how many of them a file has seen. */
export const migrations: readonly Migration[] = [
  foundLibrary,
  describeKeys,
  orderImports,
  keepAnswers,
  batchWishes,
  sceneFrames,
  adjustScenes,
  frameTasks,
  catalogue,
  engagement,
  albums,
  sidecars,
  checksums,
  auditLog,
]
