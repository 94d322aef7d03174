import { EngineError } from '../../contract/index.ts'
import { DETECTOR_CLASSES } from '../models/index.ts'

/** PI-12 */
const ALIASES: Readonly<Record<string, string>> = {
  pedestrian: 'person',
  automobile: 'car',
  motorbike: 'motorcycle',
  aeroplane: 'airplane',
}

/** Every name a request may use for a class of the detector. */
export const CLASS_NAMES: readonly string[] = [...DETECTOR_CLASSES, ...Object.keys(ALIASES)]

const KNOWN = new Set(CLASS_NAMES)

/** The detector's name of a class; an unknown name is returned as it is. */
export function canonicalClass(className: string): string {
  return ALIASES[className] ?? className
}

/**
 * The reported name of each requested class: the one that the request used (PI-12).
 * @throws EngineError `invalid_input` (PI-11).
 */
export function requestedNames(classes: readonly string[]): ReadonlyMap<string, string> {
  const unknown = classes.filter((name) => !KNOWN.has(name))
  if (unknown.length > 0) {
    const message = `The detector knows no class ${unknown.map((name) => `"${name}"`).join(', ')}.`
    throw new EngineError('invalid_input', message, { unknown, classes: CLASS_NAMES })
  }
  const names = new Map<string, string>()
  for (const name of classes) if (!names.has(canonicalClass(name))) names.set(canonicalClass(name), name)
  return names
}
