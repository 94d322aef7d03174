import { useEffect, useEffectEvent } from 'react'
import { belongsElsewhere, bindingOf, type KeyBinding } from './key-map.ts'

/** Obeys the keys of a page while it is open. Where two bindings share a key, the first one has it. */
export function useKeys<Command extends string>(
  bindings: readonly KeyBinding<Command>[],
  run: (command: Command) => void,
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || belongsElsewhere(event)) return
    const binding = bindingOf(bindings, event)
    if (!binding) return
    event.preventDefault()
    if (!event.repeat || binding.repeats) run(binding.command)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
