import { ainative } from './ainative/family.ts'
import { aionvision } from './aionvision/family.ts'
import type { Family } from './family.ts'
import { visowork } from './visowork/family.ts'

/** Every dialect this server speaks; a new one is its folder and its line here. */
export const families: readonly Family[] = [aionvision, ainative, visowork]
