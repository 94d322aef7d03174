import { IconBug, IconInfoCircle, IconPresentation, IconSparkles, type TablerIcon } from '@tabler/icons-react'
import type { AnnotationType } from '../../../main/contract/index.ts'

interface NoteType {
  readonly name: string
  readonly icon: TablerIcon
  /** Token of its colour; `-over` is for over footage. */
  readonly colour: string
  /** Outline of its marker within 12 × 12: types differ by shape, not by colour alone. */
  readonly marker: string
}

/** LI-51 */
export const NOTE_TYPES: Readonly<Record<AnnotationType, NoteType>> = {
  info: { name: 'Info', icon: IconInfoCircle, colour: 'k1', marker: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z' },
  feature: { name: 'Feature', icon: IconSparkles, colour: 'k4', marker: 'M6 0.5L11.5 6L6 11.5L0.5 6z' },
  'bug-fix': { name: 'Bug fix', icon: IconBug, colour: 'k5', marker: 'M6 1L11.5 10.5H0.5z' },
  demo: { name: 'Demo', icon: IconPresentation, colour: 'k3', marker: 'M1.5 1.5H10.5V10.5H1.5z' },
}

export const TYPE_ORDER: readonly AnnotationType[] = ['info', 'feature', 'bug-fix', 'demo']
