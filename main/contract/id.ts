import { z } from 'zod'

/** ID-5: an id in any case; ours are in small letters. */
export const Id = z.uuid().toLowerCase()
