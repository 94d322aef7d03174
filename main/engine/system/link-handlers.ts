import { EngineError, revokeLink, rotateSecrets } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import { targetOf } from './link-target.ts'

export interface LinksOptions {
  /** Makes the secrets anew that links are signed with. */
  readonly rotate: () => void
  /** Each takes a link of its kind back and answers true, or false when it signed no such link. */
  readonly revokers: ReadonlyArray<(target: string) => boolean>
}

/** Answers the operations of contract/secret.ts. */
export function implementLinks(operations: Operations, { rotate, revokers }: LinksOptions): void {
  operations
    .perform(rotateSecrets, () => rotate())
    .perform(revokeLink, ({ url }) => {
      const target = targetOf(url)
      if (!revokers.some((revoke) => revoke(target))) {
        throw new EngineError(
          'not_found',
          'This library did not sign this link, or its secrets have been rotated since.',
        )
      }
    })
}
