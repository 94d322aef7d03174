import { z } from 'zod'
import { EngineError } from '../../contract/index.ts'

const Proxies = z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1)

/**
 * Who may say in X-Forwarded-For where a request came from: addresses or networks, separated by commas. Without any, that
 * header is untrusted and is not read.
 * @throws EngineError `unavailable`.
 */
export function readTrustedProxies(setting: string | undefined): string[] | false {
  if (setting === undefined || setting.trim() === '') return false
  const proxies = Proxies.safeParse(setting.split(',').map((one) => one.trim()))
  if (proxies.success) return proxies.data
  throw new EngineError(
    'unavailable',
    'FIELDREEL_TRUSTED_PROXY must be an IP address or a network such as 10.0.0.0/8, or several, separated by commas.',
  )
}
