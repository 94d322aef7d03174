import { EngineError } from '../../contract/errors.ts'

export function isMissing(error: unknown): boolean {
  const code = errno(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The system's code of a failed file operation (`ENOSPC`, `EACCES`, …), or null. */
export function errno(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

export const DISK_FULL = 'The disk is full. Free some space; what is already stored is safe.'

/** A failed write as something a person can act on; everything else passes through unchanged. */
export function explainWriteFailure(error: unknown, folder: string): unknown {
  switch (errno(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new EngineError('storage_full', DISK_FULL, null, { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EngineError(
        'storage_refused',
        `Fieldreel may not write to ${folder}. Check its permissions, or choose another folder.`,
        null,
        { cause: error },
      )
    default:
      return error
  }
}

/** Runs `work` and explains a write that fails. @throws EngineError `storage_full`, `storage_refused`, and as `work`. */
export async function explainWrites<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainWriteFailure(error, folder)
  }
}
