import { z } from 'zod'
import { EngineError } from '../../contract/index.ts'

const Hosts = z.array(z.string().regex(/^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?)(:\d{1,5})?$/)).min(1)

/**
 * ID-60: the names that a proxy or tunnel in front of this server is asked for, separated by commas, as `name` (with any
 * port) or `name:port`.
 * @throws EngineError `unavailable`.
 */
export function readAllowedHosts(setting: string | undefined): string[] {
  if (setting === undefined || setting.trim() === '') return []
  const hosts = Hosts.safeParse(setting.split(',').map((one) => one.trim().toLowerCase()))
  if (hosts.success) return hosts.data
  throw new EngineError(
    'unavailable',
    'FIELDREEL_ALLOWED_HOSTS must be a host such as reel.example.com or reel.example.com:8443, or several, separated by commas.',
  )
}
