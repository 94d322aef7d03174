import { Tag, Tags } from '../../../main/contract/index.ts'

/** Why `text` cannot become one more tag, in words for a person; null when it can. */
export function tagProblem(text: string, tags: readonly string[]): string | null {
  const tag = text.trim()
  if (tag === '') return 'Type a tag first.'
  if (tags.includes(tag)) return 'This video has that tag already.'
  if (tag.length > 50) return 'A tag has at most 50 characters.'
  if (!Tag.safeParse(tag).success) return 'A tag holds letters, digits, spaces, - and _ only.'
  if (!Tags.safeParse([...tags, tag]).success) return 'A video has at most 20 tags.'
  return null
}
