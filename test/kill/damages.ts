import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'

/** Something that happens to the database of a library that is closed. `older` is a copy from before its last changes. */
export interface Damage {
  readonly name: string
  readonly apply: (database: string, older: string, random: () => number) => void
}

const PAGE_BYTES = 4096

/** One page overwritten after the other: a database is read from pages, and each holds something else. */
export function pageDamage(index: number): Damage {
  const kinds = ['noise', 'zeros', 'half noise', 'another page', 'one byte'] as const
  const kind = kinds[index % kinds.length] ?? 'noise'
  return {
    name: `page ${index}: ${kind}`,
    apply: (database, _older, random) => {
      const bytes = readFileSync(database)
      const pages = Math.floor(bytes.length / PAGE_BYTES)
      const page = index % pages
      const place = bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
      overwrite(place, kind, random, bytes)
      writeFileSync(database, bytes)
    },
  }
}

function overwrite(place: Buffer, kind: string, random: () => number, bytes: Buffer): void {
  const noise = (from: number): void => {
    for (let at = from; at < place.length; at += 1) place[at] = Math.floor(random() * 256)
  }
  if (kind === 'noise') noise(0)
  else if (kind === 'zeros') place.fill(0)
  else if (kind === 'half noise') noise(PAGE_BYTES / 2)
  else if (kind === 'one byte') place[Math.floor(random() * PAGE_BYTES)]! ^= 0xff
  else {
    const other = Math.floor((random() * bytes.length) / PAGE_BYTES) * PAGE_BYTES
    Buffer.from(bytes.subarray(other, other + PAGE_BYTES)).copy(place)
  }
}

const HEADER_VERSION_AT = 60
const HEADER_FREE_PAGES_AT = 36
const HEADER_SIZE_AT = 28

const patch =
  (at: number, value: number): Damage['apply'] =>
  (database) => {
    const bytes = readFileSync(database)
    bytes.writeUInt32BE(value, at)
    writeFileSync(database, bytes)
  }

const cut =
  (share: number): Damage['apply'] =>
  (database) =>
    truncateSync(database, Math.floor(statSync(database).size * share))

const beside =
  (suffix: string, bytes: number): Damage['apply'] =>
  (database, _older, random) =>
    writeFileSync(`${database}${suffix}`, Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))))

/** What happens to files as a whole. */
export const FILE_DAMAGES: readonly Damage[] = [
  { name: 'deleted', apply: (database) => rmSync(database) },
  { name: 'replaced by an older copy', apply: (database, older) => copyFileSync(older, database) },
  { name: 'cut to nothing', apply: cut(0) },
  { name: 'cut to half', apply: cut(0.5) },
  { name: 'cut in the middle of its last page', apply: cut(0.999) },
  { name: 'cut to a piece of its header', apply: (database) => truncateSync(database, 40) },
  { name: 'cut to its first page', apply: (database) => truncateSync(database, PAGE_BYTES) },
  { name: 'a text in its place', apply: (database) => writeFileSync(database, 'no database at all\n'.repeat(500)) },
  {
    name: 'a folder in its place',
    apply: (database) => {
      rmSync(database)
      mkdirSync(database)
    },
  },
  { name: 'longer than it was', apply: (database) => writeFileSync(database, Buffer.alloc(20_000, 7), { flag: 'a' }) },
  { name: 'a journal of noise', apply: beside('-wal', 50_000) },
  { name: 'an index of the journal that is noise', apply: beside('-shm', 32_768) },
  { name: 'a rollback journal of noise', apply: beside('-journal', 20_000) },
  { name: 'the version of a newer Fieldreel', apply: patch(HEADER_VERSION_AT, 99) },
  { name: 'no version', apply: patch(HEADER_VERSION_AT, 0) },
  { name: 'the version of an older Fieldreel', apply: patch(HEADER_VERSION_AT, 3) },
  { name: 'a version of nonsense', apply: patch(HEADER_VERSION_AT, 0x7fff_ffff) },
  { name: 'a negative version', apply: patch(HEADER_VERSION_AT, 0xffff_fff0) },
  { name: 'a wrong count of free pages', apply: patch(HEADER_FREE_PAGES_AT, 4000) },
  { name: 'a wrong count of pages', apply: patch(HEADER_SIZE_AT, 3) },
  { name: 'the page size of another database', apply: (database) => writePageSize(database) },
]

function writePageSize(database: string): void {
  const bytes = readFileSync(database)
  bytes.writeUInt16BE(512, 16)
  writeFileSync(database, bytes)
}
