import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { isIP } from 'node:net'
import { z } from 'zod'
import { isLocalAddress } from '../../base/ip-address.ts'
import type { Log } from '../../platform/log/index.ts'

/** What is kept of an address (LI-15). */
export interface Place {
  /** ISO 3166 code, or one of the three below. */
  readonly country: string
  readonly city: string | null
}

export const LOCAL_DEVICE = 'local device'
export const LOCAL_NETWORK = 'local network'
export const UNKNOWN_PLACE = 'unknown'

const COUNTRIES = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/** The country table has `country_code`; tables with cities have other fields. */
const Found = z.object({
  country_code: z.string().optional(),
  country: z.object({ iso_code: z.string() }).optional().catch(undefined),
  city: z
    .union([z.string(), z.object({ names: z.object({ en: z.string() }) }).transform(({ names }) => names.en)])
    .optional()
    .catch(undefined),
})

type Lookup = (address: string) => unknown

/** Estimates the place of an address from tables on this machine; no other machine is asked. */
export class Places {
  readonly #cityFile: string | undefined
  readonly #log: Log
  #tables: Promise<Lookup[]> | null = null

  /** @param cityFile a table of cities, in MaxMind's format, where the user has one. */
  constructor(cityFile: string | undefined, log: Log) {
    this.#cityFile = cityFile
    this.#log = log
  }

  /** @param address as `plainAddress` writes it; null for this machine itself. */
  async find(address: string | null): Promise<Place> {
    if (address === null) return { country: LOCAL_DEVICE, city: null }
    if (isIP(address) === 0) return { country: UNKNOWN_PLACE, city: null }
    if (isLocalAddress(address)) return { country: LOCAL_NETWORK, city: null }
    // Opened when first needed.
    this.#tables ??= this.#open()
    for (const lookUp of await this.#tables) {
      const found = Found.safeParse(lookUp(address))
      const country = found.data?.country_code ?? found.data?.country?.iso_code
      if (country !== undefined && /^[A-Z]{2}$/.test(country)) {
        return { country, city: found.data?.city?.trim().slice(0, 100) || null }
      }
    }
    return { country: UNKNOWN_PLACE, city: null }
  }

  async #open(): Promise<Lookup[]> {
    const files = [this.#cityFile, countryFile()].filter((file) => file !== undefined)
    const tables = await Promise.all(files.map((file) => this.#read(file)))
    return tables.filter((table) => table !== null)
  }

  /** A missing or broken table is logged once and finds nothing. */
  async #read(file: string): Promise<Lookup | null> {
    try {
      const { Reader } = await import('maxmind')
      const reader = new Reader(await readFile(file))
      return (address) => reader.get(address)
    } catch (error) {
      this.#log.warn({ err: error, file }, 'this table of places cannot be read')
      return null
    }
  }
}

function countryFile(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(COUNTRIES)
  } catch {
    return undefined
  }
}
