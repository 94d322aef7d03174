import { beforeEach, describe, expect, it, vi } from 'vitest'

interface Toast {
  readonly message: string
  readonly run: () => void
  hidden: boolean
}

const toasts = vi.hoisted(() => ({ done: [] as Toast[], errors: [] as string[] }))

vi.mock('../../../renderer/shared/ui/toast.tsx', () => ({
  toastDone: (message: string, undo?: { run: () => void }) => {
    const toast: Toast = { message, run: () => undo?.run(), hidden: false }
    toasts.done.push(toast)
    return () => (toast.hidden = true)
  },
  toastError: (message: string) => toasts.errors.push(message),
}))

const { undoable, undoLast } = await import('../../../renderer/shared/ui/undo.ts')

let undone: string[] = []

/** Does something that can be undone, and remembers when it is. */
function act(name: string, undo: () => Promise<void> = () => Promise.resolve()): Toast | undefined {
  undoable(name, async () => {
    undone.push(name)
    await undo()
  })
  return toasts.done.at(-1)
}

beforeEach(async () => {
  for (let left = 0; left < 10; left += 1) await undoLast()
  undone = []
  toasts.done.length = 0
  toasts.errors.length = 0
})

describe('undo', () => {
  it('of a toast undoes what that toast says, whatever was done since', async () => {
    const [a, b, c] = [act('A'), act('B'), act('C')]
    b?.run()
    await vi.waitFor(() => expect(undone).toEqual(['B']))
    expect([a?.hidden, b?.hidden, c?.hidden]).toEqual([false, true, false])
    a?.run()
    await vi.waitFor(() => expect(undone).toEqual(['B', 'A']))
  })

  it('by the key undoes the last remaining action, one after the other', async () => {
    const [, b] = [act('A'), act('B'), act('C')]
    b?.run()
    await undoLast()
    await undoLast()
    await undoLast()
    expect(undone).toEqual(['B', 'C', 'A'])
    expect(toasts.done.every(({ hidden }) => hidden)).toBe(true)
  })

  it('happens once, however often it is asked for', async () => {
    const a = act('A')
    a?.run()
    a?.run()
    await undoLast()
    a?.run()
    expect(undone).toEqual(['A'])
  })

  it('that is under way is not undone again by the key', async () => {
    let finish: () => void = () => undefined
    act('A')
    act('B', () => new Promise((resolve) => (finish = resolve)))
    const first = undoLast()
    await undoLast()
    expect(undone).toEqual(['B', 'A'])
    finish()
    await first
  })

  it('that fails says why, and leaves the others', async () => {
    act('A')
    act('B', () => Promise.reject(new Error('It is gone.')))
    await undoLast()
    expect(toasts.errors).toEqual([expect.stringMatching(/^Not undone\. /)])
    await undoLast()
    expect(undone).toEqual(['B', 'A'])
  })

  it('without words says nothing, and works by the key', async () => {
    undoable(null, () => Promise.resolve(void undone.push('quiet')))
    expect(toasts.done).toEqual([])
    await undoLast()
    expect(undone).toEqual(['quiet'])
  })

  it('of nothing does nothing', async () => {
    await undoLast()
    expect([undone, toasts.errors]).toEqual([[], []])
  })
})
