import { ainative } from './ainative/dialect.ts'
import { aionvision } from './aionvision/dialect.ts'
import type { Dialect } from './dialect.ts'
import { visowork } from './visowork/dialect.ts'

/** Every dialect this server speaks; a new one is its folder and its line here. */
export const dialects: readonly Dialect[] = [aionvision, ainative, visowork]
