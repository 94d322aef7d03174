import { listAudit } from '../../contract/index.ts'
import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { identityModule } from '../identity/index.ts'
import { AuditLog } from './audit-log.ts'
import { makeOwnerKey, setOwnerKey } from './owner-key.ts'

export const auditModule = defineCapability({
  name: 'audit',
  create: ({ database, log, env, changes, titleOf, use }) => {
    const { identity } = use(identityModule)
    const audit = new AuditLog({
      ...{ database, log, titleOf },
      userName: (userId) => identity.namesOf([userId]).get(userId) ?? null,
      onChange: () => changes.publish('audit'),
    })
    const givenKey = env['FIELDREEL_API_KEY']
    if (givenKey && database.isReadOnly) identity.lendOwnerKey(givenKey)
    else if (givenKey) setOwnerKey(givenKey, { identity, audit })
    return {
      audit,
      /** Makes a key for the owner when they have none; answers it, to be shown once. */
      makeOwnerKey: () => (database.isReadOnly ? null : makeOwnerKey({ identity, audit })),
      operations: (operations) => {
        operations.recordIn(audit)
        operations.implement(listAudit, (query) => audit.list(query))
      },
      chores: [{ name: 'audit counts', everyMs: EVERY_MINUTE, run: () => audit.saveCounts() }],
      close: () => {
        if (!database.isReadOnly) audit.saveCounts()
      },
    }
  },
})
