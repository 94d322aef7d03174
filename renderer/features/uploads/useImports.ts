import { listImports } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { isActive } from './import-status.ts'

/** The engine tells when a part is stored; rates and times left move in between. */
const POLL_MS = 500

/** The imports in the order they are taken, asked for more often while one of them goes on. */
export function useImports() {
  const { data, error, refetch } = useEngine('imports', listImports, {})
  const active = data?.imports.some(isActive) ?? false
  useEngine('imports', listImports, {}, { enabled: active, refetchInterval: POLL_MS })
  return { imports: data?.imports, error, refetch }
}
