import { useEffect, useEffectEvent, useState } from 'react'

/** Calls back with the files dropped anywhere in the window; tells whether some are held over it. */
export function useFileDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const dropped = useEffectEvent(onDrop)
  useEffect(() => {
    const listening = new AbortController()
    // Pictures of the page itself can be dragged, too, and claim to be files.
    let fromPage = false
    const on = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, listener, { signal: listening.signal })
    const carriesFiles = (event: DragEvent) => !fromPage && (event.dataTransfer?.types.includes('Files') ?? false)

    on('dragstart', () => (fromPage = true))
    on('dragend', () => (fromPage = false))
    on('dragenter', (event) => setOver(carriesFiles(event)))
    on('dragover', (event) => {
      if (!carriesFiles(event)) return
      // Without this the window would open the file in place of the page.
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    })
    on('dragleave', (event) => {
      // Only leaving the window leaves nothing behind.
      if (event.relatedTarget === null) setOver(false)
    })
    on('drop', (event) => {
      setOver(false)
      if (!carriesFiles(event)) return
      event.preventDefault()
      dropped([...(event.dataTransfer?.files ?? [])])
    })
    return () => listening.abort()
  }, [])
  return over
}
