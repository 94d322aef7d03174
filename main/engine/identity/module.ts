import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { Identity } from './identity.ts'
import { implementKeys } from './key-handlers.ts'
import { ownerOf } from './new-library.ts'

export const identityModule = defineCapability({
  name: 'identity',
  create: async ({ database, folder, settings }) => {
    const identity = new Identity(database)
    const ownerId = await ownerOf({ database, settings, identity, folder })
    return {
      identity,
      /** The user who has the library. */
      ownerId,
      operations: (operations) => implementKeys(operations, identity),
      chores: [{ name: 'key usage', everyMs: EVERY_MINUTE, run: () => identity.saveUsage() }],
      titles: { key: (id) => identity.getKey(id).name },
      close: () => {
        if (!database.isReadOnly) identity.saveUsage()
      },
    }
  },
})
