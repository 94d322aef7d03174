import type { Import } from '../../../main/contract/index.ts'

/** Whether an import stands in line: those rows have an order that a person may change. */
export function isQueued({ status }: Import): boolean {
  return status === 'waiting' || status === 'paused'
}

/** Whether it met an obstacle that only a person can take away: a card that is out, a full disk, a closed folder. */
export function isBlocked({ status, waitingFor }: Import): boolean {
  return status === 'waiting' && waitingFor !== null
}

/** Whether it can be held. */
export function isPausable({ status }: Import): boolean {
  return status === 'waiting' || status === 'uploading' || status === 'checking'
}

/** Whether it continues without a person's help. */
export function isActive(one: Import): boolean {
  return isPausable(one) && !isBlocked(one)
}

/** Whether it is somebody's turn: what failed, and what waits for a card, for room or for leave. */
export function needsYou(one: Import): boolean {
  return one.status === 'failed' || isBlocked(one)
}

/** Whether nothing more is to be done about an import: such rows may be cleared without a loss. */
export function isFinished({ status }: Import): boolean {
  return status === 'completed' || status === 'cancelled'
}
