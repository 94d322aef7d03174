import { EngineError } from '../../contract/index.ts'

/** The vendor manages these three itself. */
const RESERVED = new Set(['created_by_user_id', 'deactivation_reason', 'deactivated_at'])
/** For our own use. */
const RESERVED_START = /^(_|fieldreel)/i

/** ID-23. @throws EngineError `reserved_name` naming the keys that may not be set. */
export function assertNotReserved(metadata: Readonly<Record<string, unknown>>): void {
  const reserved = Object.keys(metadata).filter((name) => RESERVED.has(name) || RESERVED_START.test(name))
  if (reserved.length === 0) return
  throw new EngineError('reserved_name', `These metadata keys are reserved: ${reserved.join(', ')}.`, { reserved })
}
