import type { Finding } from '../../../contract/index.ts'
import { finding } from '../findings.ts'
import type { Entry } from './manifest.ts'

/** Whether an entry is the bytes of a video. */
export function isObject(name: string): boolean {
  return /^objects\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name)
}

/** What is wrong when a backup has no good copy of an entry. */
export function lackOf({ path: name, sha256 }: Entry): Finding {
  const kind = isObject(name)
    ? 'object'
    : name.startsWith('uploads/')
      ? 'upload'
      : name.startsWith('streams/')
        ? 'stream'
        : 'derived'
  const healing = {
    heals: kind === 'derived' ? 'itself' : 'import',
    remedy: 'The backup has no good copy of it. Verify the restored library to see how to repair it.',
  } as const
  return finding({ kind, path: name, sha256: isObject(name) ? sha256 : null }, 'damaged', healing)
}
