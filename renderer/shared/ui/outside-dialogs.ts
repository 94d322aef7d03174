/** A dialog has the keys to itself. */
export function outsideDialogs(act: () => void): () => void {
  return () => {
    if (document.querySelector('[role="dialog"][aria-modal="true"]') === null) act()
  }
}
