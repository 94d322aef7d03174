import { followChanges, getSystem } from '../../contract/index.ts'
import { defineCapability } from '../capability.ts'
import { libraryModule } from '../library/index.ts'
import { objectsModule } from '../objects/index.ts'
import { uploadsModule } from '../uploads/index.ts'
import { IdempotencyStore } from './idempotency-store.ts'
import { implementLinks } from './link-handlers.ts'
import { lastPartOf } from './link-target.ts'
import { describeSystem } from './state.ts'

export const systemModule = defineCapability({
  name: 'system',
  create: ({ version, database, folder, secrets, log, tools, changes, use }) => {
    const { objects } = use(objectsModule)
    const { mediaUrls } = use(libraryModule)
    const { tokens } = use(uploadsModule)
    return {
      answers: new IdempotencyStore(database),
      operations: (operations) => {
        operations
          .implement(getSystem, () => describeSystem({ version, folder, objects, tools, log }))
          .implementStream(followChanges, (_input, { signal }) => changes.follow(signal))
        implementLinks(operations, {
          rotate: () => secrets.renew(['media_secret', 'upload_secret']),
          revokers: [(target) => mediaUrls.revoke(target), (target) => tokens.revoke(lastPartOf(target), Date.now())],
        })
      },
    }
  },
})
