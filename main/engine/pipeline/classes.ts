import { EngineError } from '../../contract/index.ts'
import { DETECTOR_CLASSES } from '../models/index.ts'

/** "Detector class aliases: pedestrian → person, automobile → car, motorbike → motorcycle, aeroplane → airplane". */
const ALIASES: Readonly<Record<string, string>> = {
  pedestrian: 'person',
  automobile: 'car',
  motorbike: 'motorcycle',
  aeroplane: 'airplane',
}

/** Every name a request may use for a class of the detector. */
export const CLASS_NAMES: readonly string[] = [...DETECTOR_CLASSES, ...Object.keys(ALIASES)]

const KNOWN = new Set(CLASS_NAMES)

/** The detector's own name of a class; other names are their own. */
export function ownNameOf(className: string): string {
  return ALIASES[className] ?? className
}

/**
 * What to call each class that was asked for: "the name the request used (alias) if it named one".
 * @throws EngineError `invalid_input`: "unknown names: 422 with details.classes listing all".
 */
export function requestedNames(classes: readonly string[]): ReadonlyMap<string, string> {
  const unknown = classes.filter((name) => !KNOWN.has(name))
  if (unknown.length > 0) {
    const message = `The detector knows no class ${unknown.map((name) => `"${name}"`).join(', ')}.`
    throw new EngineError('invalid_input', message, { unknown, classes: CLASS_NAMES })
  }
  const names = new Map<string, string>()
  for (const name of classes) if (!names.has(ownNameOf(name))) names.set(ownNameOf(name), name)
  return names
}
