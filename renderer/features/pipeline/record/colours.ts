/** The colours of classes in charts. */
const CLASS_COLOURS: Readonly<Record<string, number>> = {
  car: 1,
  automobile: 1,
  person: 2,
  pedestrian: 2,
  'stop sign': 4,
  sign: 4,
  motorcycle: 5,
  motorbike: 5,
  truck: 7,
}
/** For what the design does not name, in the order it is met. */
const OTHERS = [3, 6, 8, 4, 5, 7, 2, 1]

/** Colours of classes in a chart, in the order the classes were met: fixed ones where the design has one. */
export function classColours(classes: readonly string[]): number[] {
  const taken = new Set(classes.flatMap((name) => CLASS_COLOURS[name] ?? []))
  const free = OTHERS.filter((colour) => !taken.has(colour))
  let next = 0
  return classes.map((name) => {
    const own = CLASS_COLOURS[name]
    if (own !== undefined) return own
    const from = free.length > 0 ? free : OTHERS
    next += 1
    return from[(next - 1) % from.length] ?? 1
  })
}
