import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import path from 'node:path'
import { crashPoint, explainWriteFailure, replaceFileDurably } from '../files/index.ts'
import type { Log } from '../log/index.ts'
import { putAside, readPrivately } from './private-file.ts'

/** What signs media links, what signs part URLs, and what viewer pseudonyms are made with. */
const SECRET_NAMES = ['media_secret', 'upload_secret', 'viewer_secret'] as const
type SecretName = (typeof SECRET_NAMES)[number]

/** The secrets that links are signed with. */
export type SigningName = Exclude<SecretName, 'viewer_secret'>

const SECRET_BYTES = 32

const Revoked = z.record(z.string(), z.int())
const Stored = z.object({
  version: z.literal(1),
  /** Base64 of 32 random bytes each. */
  secrets: z.partialRecord(z.enum(SECRET_NAMES), z.base64().length(44)),
  /** By signing secret and by what a link is for: links that end at this instant (ms) or before count no more. */
  revoked: z.object({ media_secret: Revoked, upload_secret: Revoked }),
})
type Stored = Omit<z.infer<typeof Stored>, 'secrets'> & { readonly secrets: Readonly<Record<SecretName, string>> }

/** A secret that links are signed with, and which of its links were taken back. */
export interface SigningSecret {
  /** As it is now: it may be replaced at any moment. */
  bytes(): Buffer
  /** Links for `subject` that end then or before (milliseconds since 1970) do not count; 0 when none was taken back. */
  revokedUntil(subject: string): number
  /** Takes back the links for `subject` that end then or before. @throws EngineError `storage_full`, `storage_refused`. */
  revoke(subject: string, until: number): void
}

/**
 * Random bytes of this library that must stay secret, in a file of their own (0600): no copy of the database holds
 * them, and both the window and a server without one can read them, which the system's own key store would not allow.
 * The links that were taken back are kept beside them, so that no older database brings one back.
 */
export class Secrets {
  readonly #file: string
  #stored: Stored

  private constructor(file: string, stored: Stored) {
    this.#file = file
    this.#stored = stored
  }

  /**
   * Reads the file and makes what is missing. A file that is damaged is put aside and made anew: links that were signed
   * before stop working, and nothing else is lost.
   * @param isNew whether the library is, so that no file is expected.
   * @throws EngineError `storage_refused` when the file is there and may not be read.
   */
  static open(file: string, log: Log, { isNew = false } = {}): Secrets {
    const found = read(file, log)
    if (!found && !isNew) log.error({ file }, 'the file of secrets is gone: links that were signed before end')
    const secrets = { ...newSecrets(SECRET_NAMES), ...found?.secrets }
    const opened = new Secrets(file, { ...(found ?? EMPTY), secrets })
    if (SECRET_NAMES.every((name) => found?.secrets[name])) return opened
    try {
      opened.#save(opened.#stored)
      crashPoint('secrets.written')
    } catch (error) {
      // The library can still be read.
      log.error({ err: error }, 'the file of secrets cannot be written: links signed now end with this process')
    }
    return opened
  }

  get(name: SecretName): Buffer {
    return Buffer.from(this.#stored.secrets[name], 'base64')
  }

  /**
   * Makes new ones. What was made with the old ones counts no more, from now on and after any end of this process.
   * @throws EngineError `storage_full`, `storage_refused`; then the old ones still count.
   */
  renew(names: readonly SecretName[]): void {
    const { secrets, revoked } = this.#stored
    const forgotten = Object.fromEntries(names.filter(isSigning).map((name) => [name, {}]))
    this.#save({
      version: 1,
      secrets: { ...secrets, ...newSecrets(names) },
      revoked: { ...revoked, ...forgotten },
    })
  }

  /** The secret of that name, as whoever signs links needs it. */
  signing(name: SigningName): SigningSecret {
    return {
      bytes: () => this.get(name),
      revokedUntil: (subject) => ownValue(this.#stored.revoked[name], subject) ?? 0,
      revoke: (subject, until) => this.#revoke(name, subject, until),
    }
  }

  #revoke(name: SigningName, subject: string, until: number): void {
    const { revoked } = this.#stored
    const now = Date.now()
    // What has expired since need not be listed.
    const others = Object.entries(revoked[name]).filter(([other, end]) => end > now && other !== subject)
    this.#save({ ...this.#stored, revoked: { ...revoked, [name]: Object.fromEntries([...others, [subject, until]]) } })
  }

  /** Counts only once it is on the disk: what was taken back stays so. */
  #save(stored: Stored): void {
    try {
      replaceFileDurably(this.#file, `${JSON.stringify(stored, null, 2)}\n`)
    } catch (error) {
      throw explainWriteFailure(error, path.dirname(this.#file))
    }
    this.#stored = stored
  }
}

const EMPTY = { version: 1, revoked: { media_secret: {}, upload_secret: {} } } as const

function read(file: string, log: Log): z.infer<typeof Stored> | null {
  const text = readPrivately(file)
  if (text === null) return null
  const parsed = Stored.safeParse(text === 'no-file' ? null : parseJson(text))
  if (parsed.success) return parsed.data
  log.error({ file }, 'the file of secrets is damaged and was put aside: links that were signed before end')
  putAside(file)
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function newSecrets<N extends SecretName>(names: readonly N[]): Record<N, string> {
  const made = names.map((name) => [name, randomBytes(SECRET_BYTES).toString('base64')])
  return Object.fromEntries(made) as Record<N, string>
}

function isSigning(name: SecretName): name is SigningName {
  return name !== 'viewer_secret'
}

/** Not what every object has, such as "constructor". */
function ownValue(from: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(from, name) ? from[name] : undefined
}
