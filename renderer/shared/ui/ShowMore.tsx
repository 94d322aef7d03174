import { Button } from '@mantine/core'
import { useState } from 'react'

/** Rows that a list shows at first, and that each press adds. */
const STEP = 20

/** The first rows of a list, and a way to the others. */
export function useMore<T>(items: readonly T[]): { shown: readonly T[]; rest: number; showMore: () => void } {
  const [wanted, setWanted] = useState(STEP)
  const shown = items.slice(0, wanted)
  return { shown, rest: items.length - shown.length, showMore: () => setWanted((now) => now + STEP * 5) }
}

interface ShowMoreProps {
  /** How many are not shown yet; null when that is unknown. The button is there while there are any. */
  rest: number | null
  isPending?: boolean
  onClick: () => void
}

export function ShowMore({ rest, isPending = false, onClick }: ShowMoreProps) {
  if (rest === 0) return null
  return (
    <Button variant="subtle" h={26} mt={6} disabled={isPending} onClick={onClick}>
      {rest === null ? 'Show more' : `Show more of ${rest.toLocaleString('en-GB')}`}
    </Button>
  )
}
