/** One thing that keys do on a page. */
export interface KeyBinding<Command extends string = string> {
  readonly command: Command
  /** As `nameOf` spells a press: `Space`, `L`, `Shift ArrowLeft`. */
  readonly keys: readonly string[]
  /** As people read it, in tooltips and in the list of shortcuts. */
  readonly shown: string
  readonly name: string
  /** Whether it goes on while the key is held. */
  readonly repeats?: boolean
}

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The binding of a press; null when it is none of these. */
export function bindingOf<B extends KeyBinding>(bindings: readonly B[], press: KeyPress): B | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const name = nameOf(press)
  return bindings.find(({ keys }) => keys.includes(name)) ?? null
}

function nameOf({ key, shiftKey }: KeyPress): string {
  // Shift makes another character of a punctuation key: the character says it already, on every keyboard layout.
  if (/^[^\p{L}]$/u.test(key) && key !== ' ') return key
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  return shiftKey ? `Shift ${name}` : name
}

const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
const LAYERS = '[role="menu"], [role="dialog"], [role="listbox"]'

/** A key means what the focused control says it means: text fields, open menus, sliders, tabs, and pressed buttons. */
export function belongsElsewhere({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.matches(TEXT) || target.closest(LAYERS) !== null) return true
  if (target.matches('[role="slider"]:not([data-playhead])') && /^(Arrow|Home|End)/.test(key)) return true
  if (target.matches('[role="tab"]:focus-visible') && /^(ArrowLeft|ArrowRight|Home|End)$/.test(key)) return true
  // A button that was reached by keyboard is pressed by the space bar; one that was clicked leaves it to the player.
  return key === ' ' && target.matches('button:focus-visible, a:focus-visible')
}
