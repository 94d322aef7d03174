/** Classes that the detector takes for one another from frame to frame; any other class is a kind of its own. */
const KINDS: readonly (readonly string[])[] = [
  ['car', 'truck', 'bus', 'train'],
  ['bicycle', 'motorcycle'],
  ['dog', 'cat', 'horse', 'sheep', 'cow', 'bear'],
]

const KIND_OF = new Map(KINDS.flatMap((names) => names.map((name) => [name, names[0] ?? name])))

/** @returns what a track's sightings have in common. */
export function kindOf(className: string): string {
  return KIND_OF.get(className) ?? className
}
