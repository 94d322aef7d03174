import { foundLibrary } from './001-found-library.ts'

/** One step of the schema. Steps are never edited once released: a change is a new step at the end. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** In order; `user_version` counts how many of them a file has seen. */
export const migrations: readonly Migration[] = [foundLibrary]
