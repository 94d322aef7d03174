import type { VideoType } from '../../contract/index.ts'
import type { SqlParameters } from '../../platform/database/index.ts'

/** Which videos a list shows; null, and an empty list or search, do not filter. */
export interface MediaFilter {
  readonly ownerId: string | null
  readonly videoType: VideoType | null
  readonly search: string
  readonly tags: readonly string[]
  readonly techStack: readonly string[]
}

interface Condition {
  readonly clause: string
  readonly parameters: SqlParameters
}

/** LI-3, LI-50: any of the values of one filter, all of the filters; any case. Over the `media` table. */
export function conditions({ ownerId, videoType, search, tags, techStack }: MediaFilter): {
  where: string
  parameters: SqlParameters
} {
  const needle = search.trim().toLowerCase()
  const used = [
    ...(ownerId === null ? [] : [{ clause: 'owner_id = :ownerId', parameters: { ownerId } }]),
    ...(videoType === null ? [] : [{ clause: 'video_type = :videoType', parameters: { videoType } }]),
    ...(needle === '' ? [] : [containing(needle)]),
    ...(tags.length === 0 ? [] : [anyOf('tags', tags)]),
    ...(techStack.length === 0 ? [] : [anyOf('tech_stack', techStack)]),
  ]
  return {
    where: ["kind = 'video'", 'deleted_at IS NULL', ...used.map(({ clause }) => `(${clause})`)].join(' AND '),
    parameters: Object.assign({}, ...used.map(({ parameters }) => parameters)) as SqlParameters,
  }
}

/** SQLite itself folds ASCII, many times faster than a call of ours for each row; other scripts need the call. */
function containing(needle: string): Condition {
  if (!isAscii(needle)) {
    const clause = "instr(fold(title), :needle) > 0 OR instr(fold(coalesce(description, '')), :needle) > 0"
    return { clause, parameters: { needle } }
  }
  const pattern = `%${escaped(needle)}%`
  return {
    clause: "title LIKE :pattern ESCAPE '\\' OR description LIKE :pattern ESCAPE '\\'",
    parameters: { pattern },
  }
}

/** Whether a column of JSON, a list of labels, has any of these. */
function anyOf(column: 'tags' | 'tech_stack', wanted: readonly string[]): Condition {
  const labels = wanted.map((label) => label.trim().toLowerCase())
  if (labels.every(isPlain)) {
    const clauses = labels.map((_, i) => `instr(lower(${column}), :${column}${i}) > 0`)
    // A label begins behind the list's bracket or a comma, and no quote stands within one: the text tells it for certain.
    const first = labels.map((_, i) => `instr(lower(${column}), :${column}First${i}) = 1`)
    const parameters = labels.flatMap((label, i) => [
      [`${column}${i}`, `,"${label}"`],
      [`${column}First${i}`, `["${label}"`],
    ])
    return { clause: [...first, ...clauses].join(' OR '), parameters: Object.fromEntries(parameters) as SqlParameters }
  }
  const clause = `EXISTS (SELECT 1 FROM json_each(${column}) AS given, json_each(:${column}) AS wanted
                           WHERE fold(given.value) = wanted.value)`
  return { clause, parameters: { [column]: JSON.stringify(labels) } }
}

/** A text as it is given to LIKE, where \\ takes their meaning from % and _. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
const isPlain = (label: string): boolean => isAscii(label) && !/[",\\]/.test(label)
