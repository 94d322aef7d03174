import { z } from 'zod'
import { EngineError, WebOrigin } from '../../contract/index.ts'
import type { Settings } from '../../platform/settings/index.ts'

const SETTING = 'allowed_origins'
const Origins = z.array(WebOrigin)

/** ID-61: whose pages may use keyed and public routes: those that the person chose, and those that the environment names. */
export class AllowedOrigins {
  readonly #settings: Settings
  readonly #fixed: readonly string[]
  #chosen: readonly string[]

  /** @param environment `FIELDREEL_ALLOWED_ORIGINS`. @throws EngineError `unavailable` when that is no list of origins. */
  constructor(settings: Settings, environment: string | undefined) {
    this.#settings = settings
    this.#fixed = readOrigins(environment)
    this.#chosen = settings.read(SETTING, Origins) ?? []
  }

  get isEmpty(): boolean {
    return this.#fixed.length + this.#chosen.length === 0
  }

  /** Those that the person chose. */
  get chosen(): string[] {
    return [...this.#chosen]
  }

  /** @param origin as browsers send it. */
  includes(origin: string): boolean {
    return this.#chosen.includes(origin) || this.#fixed.includes(origin)
  }

  /** Holds at once, and over restarts. */
  choose(origins: readonly string[]): void {
    const chosen = [...new Set(origins)]
    this.#settings.write(SETTING, chosen)
    this.#chosen = chosen
  }
}

function readOrigins(setting: string | undefined): string[] {
  if (setting === undefined || setting.trim() === '') return []
  const origins = Origins.safeParse(setting.split(',').map((one) => one.trim()))
  if (origins.success) return origins.data
  throw new EngineError(
    'unavailable',
    'FIELDREEL_ALLOWED_ORIGINS must be an origin such as https://reel.example.com, or several, separated by commas.',
  )
}
