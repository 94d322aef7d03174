import { foundLibrary } from './001-found-library.ts'
import type { Migration } from './migration.ts'

/** In order; `user_version` counts how many of them a file has seen. */
export const migrations: readonly Migration[] = [foundLibrary]
