import { IconFingerprint, IconObjectScan, IconScan, IconTextScan2, type TablerIcon } from '@tabler/icons-react'

const ICONS: Readonly<Record<string, TablerIcon>> = {
  detect: IconObjectScan,
  ocr: IconTextScan2,
  feature: IconFingerprint,
}

/** The sign of a model. */
export function StepIcon({ model }: { model: string }) {
  const Icon = ICONS[model] ?? IconScan
  return <Icon size={16} stroke={1.75} aria-hidden />
}
