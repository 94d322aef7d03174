import type { Page } from 'playwright'

/** An answer of the engine, or why it has none. */
export type Scripted =
  { readonly output: unknown } | { readonly error: { code: string; message: string; details: null } }

interface Handle {
  answers: Record<string, Scripted>
  readonly asked: { name: string; input: unknown }[]
  change(topic: string): void
}
type Scriptable = typeof globalThis & { scripted: Handle }

/**
 * Puts scripted answers between the page and its engine: operations that are scripted are answered by the script, all
 * others by the engine. For states that a test cannot bring about in a real library within its time.
 */
export async function scriptAnswers(page: Page, answers: Readonly<Record<string, Scripted>>) {
  await page.addInitScript(stand, answers)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
  return {
    /** Scripts other answers from now on, and tells the page that the topic changed. */
    async change(topic: string, changed: Readonly<Record<string, Scripted>>): Promise<void> {
      await page.evaluate(
        ([name, more]) => {
          const { scripted } = globalThis as Scriptable
          Object.assign(scripted.answers, more)
          scripted.change(name)
        },
        [topic, changed] as const,
      )
    },
    /** What the page asked of scripted operations, in order. */
    asked: (name: string): Promise<unknown[]> =>
      page.evaluate(
        (of) => (globalThis as Scriptable).scripted.asked.filter((one) => one.name === of).map(({ input }) => input),
        name,
      ),
  }
}

/** Runs in the page, before its own scripts. */
function stand(answers: Readonly<Record<string, Scripted>>): void {
  const followers = new Set<number>()
  const { port1: ours, port2: pages } = new MessageChannel()
  const scripted: Handle = {
    answers: { ...answers },
    asked: [],
    change: (topic) => {
      for (const id of followers) ours.postMessage({ id, event: { topic, ids: {} } })
    },
  }
  Object.assign(globalThis, { scripted })
  window.addEventListener('message', function take(event: MessageEvent) {
    const [engine] = event.ports
    if (event.data !== 'fieldreel:port' || !engine || engine === pages) return
    window.removeEventListener('message', take)
    event.stopImmediatePropagation()
    engine.onmessage = ({ data }: MessageEvent<unknown>) => ours.postMessage(data)
    ours.onmessage = ({ data }: MessageEvent<{ id: number; name?: string; input?: unknown }>) => {
      const { id, name = '', input } = data
      if (name === 'system.followChanges') followers.add(id)
      const answer = scripted.answers[name]
      if (!answer) {
        engine.postMessage(data)
        return
      }
      scripted.asked.push({ name, input })
      ours.postMessage({ id, ...answer })
    }
    window.dispatchEvent(new MessageEvent('message', { data: event.data as unknown, source: window, ports: [pages] }))
  })
}
