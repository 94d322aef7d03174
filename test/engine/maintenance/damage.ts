import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

type Random = () => number

/** Files below a folder, with `/`, in order. */
export function filesBelow(root: string, below: string): string[] {
  if (!existsSync(path.join(root, below))) return []
  return readdirSync(path.join(root, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.again'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted()
}

/** The films themselves, without what lies beside them. */
export function objectsOf(root: string): string[] {
  return filesBelow(root, 'objects').filter((file) => /\/[0-9a-f]{64}$/.test(file))
}

export function flipBit(file: string, random: Random): void {
  const bytes = readFileSync(file)
  const at = Math.floor(random() * bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
  writeFileSync(file, bytes)
}

export function truncate(file: string, random: Random): void {
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(0, Math.floor(random() * bytes.length)))
}

export function swap(one: string, other: string): void {
  renameSync(one, `${one}.swap`)
  renameSync(other, one)
  renameSync(`${one}.swap`, other)
}

export const DAMAGES = ['bit', 'truncation', 'deletion'] as const

/** Damages one file. @returns what was done. */
export function damage(file: string, random: Random): (typeof DAMAGES)[number] {
  const kind = DAMAGES[Math.floor(random() * DAMAGES.length)] ?? 'bit'
  if (kind === 'bit') flipBit(file, random)
  else if (kind === 'truncation') truncate(file, random)
  else rmSync(file)
  return kind
}
