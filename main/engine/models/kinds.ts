/** Classes that the detector takes for one another; any other class is a kind of its own. */
const KINDS: readonly (readonly string[])[] = [
  ['car', 'truck', 'bus', 'train'],
  ['bicycle', 'motorcycle'],
  ['dog', 'cat', 'horse', 'sheep', 'cow', 'bear'],
]

const KIND_OF = new Map(KINDS.flatMap((names) => names.map((name) => [name, names[0] ?? name])))

/** @returns what sightings of one thing have in common, though their classes change from frame to frame. */
export function kindOf(className: string): string {
  return KIND_OF.get(className) ?? className
}
