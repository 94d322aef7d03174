import { z } from 'zod'

/** A model that a step may name. */
export const StepModel = z.object({
  name: z.string(),
  summary: z.string(),
  /** Names for `parameters.classes`, aliases included; empty for a model without classes. */
  classes: z.array(z.string()),
  parameters: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      type: z.enum(['number', 'boolean', 'string', 'classes']),
      default: z.union([z.number(), z.boolean(), z.string(), z.null()]),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    }),
  ),
})
export type StepModel = z.infer<typeof StepModel>
