/** Classes that the detector confuses with each other; any other class is a kind of its own. */
const KINDS: readonly (readonly string[])[] = [
  ['car', 'truck', 'bus', 'train'],
  ['bicycle', 'motorcycle'],
  ['dog', 'cat', 'horse', 'sheep', 'cow', 'bear'],
]

const KIND_OF = new Map(KINDS.flatMap((names) => names.map((name) => [name, names[0] ?? name])))

/** @returns what detections of one thing have in common, though their classes change from frame to frame. */
export function kindOf(className: string): string {
  return KIND_OF.get(className) ?? className
}
