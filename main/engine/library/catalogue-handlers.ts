import {
  deleteCatalogueVideo,
  getCatalogueVideo,
  listCatalogue,
  registerVideo,
  updateCatalogueVideo,
} from '../../contract/index.ts'
import { type Operations, userOf } from '../operations.ts'
import type { Catalogue } from './catalogue.ts'

/** Answers the operations of contract/catalogue.ts. */
export function implementCatalogue(operations: Operations, catalogue: Catalogue): void {
  operations
    .implement(registerVideo, (registration, { caller }) => catalogue.register(registration, userOf(caller)))
    .implement(getCatalogueVideo, ({ videoId }) => catalogue.get(videoId))
    .implement(updateCatalogueVideo, ({ videoId, ...change }, { caller }) => catalogue.update(videoId, change, caller))
    .implement(deleteCatalogueVideo, async ({ videoId }, { caller }) => {
      await catalogue.delete(videoId, caller)
      return { done: true as const }
    })
    .implement(listCatalogue, (query, { caller }) => catalogue.list(query, caller.userId))
}
