export type PartBlock = 'stored' | 'flight' | 'missing'

/** More blocks than this could not be told apart in a row. */
const MOST_BLOCKS = 64

/**
 * The parts of a file as blocks, each standing for the same number of parts. A block is stored only when all its parts
 * are, and in flight when one of its missing parts is. Parts are stored in order.
 */
export function partBlocks(total: number, stored: number, inFlight: number): PartBlock[] {
  const blocks = Math.min(total, MOST_BLOCKS)
  return Array.from({ length: blocks }, (_, index) => {
    const start = (index * total) / blocks
    const end = ((index + 1) * total) / blocks
    if (end <= stored) return 'stored'
    return inFlight > 0 && start < stored + inFlight ? 'flight' : 'missing'
  })
}
