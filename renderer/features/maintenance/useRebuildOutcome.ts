import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { toastDone } from '../../shared/ui/toast.tsx'
import { broughtBack } from './rebuild-text.ts'
import { useMaintenance } from './useMaintenance.ts'

/** Says what a rebuild brought back when one ends while the window is open. Call it once, at the root. */
export function useRebuildOutcome(): void {
  const { data } = useMaintenance()
  const [, navigate] = useLocation()
  const last = data?.lastRebuild
  /** When the last one ended that is known already; undefined before the first answer. */
  const known = useRef<string | null>(undefined)
  useEffect(() => {
    if (last === undefined) return
    const isNew = known.current !== undefined && last !== null && last.finishedAt !== known.current
    known.current = last?.finishedAt ?? null
    if (!isNew || last.errorMessage !== null) return
    const show = { label: 'Show', run: () => navigate('/settings/library') }
    toastDone(`Rebuilt the library: ${broughtBack(last)}.`, last.findings.length > 0 ? show : undefined)
  }, [last, navigate])
}
