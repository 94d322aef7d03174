import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, vi } from 'vitest'
import type { Operation } from '../../main/contract/index.ts'
import { connectEngine, type Engine } from '../../renderer/shared/engine/client.ts'

// What a page of the window has: read when a component's module is loaded, so this file is to be imported first.
vi.stubGlobal('fieldreel', {
  platform: 'linux',
  window: { minimize: vi.fn(), toggleMaximize: vi.fn(), close: vi.fn() },
})

const { queryClient } = await import('../../renderer/shared/engine/queries.ts')

/** An engine that answers operations by name, and refuses what no answer is given for. */
export function answering(answers: Readonly<Record<string, (input: unknown) => unknown>>): Engine {
  return {
    run: async ({ name }: Operation, input: unknown) => {
      const answer = answers[name]
      if (!answer) throw new Error(`The test gave no answer for ${name}.`)
      return (await answer(input)) as never
    },
    follow: () => () => undefined,
    read: () => Promise.reject(new Error('The test has no bytes to read.')),
  }
}

/** Draws a part of the window with all it stands in. */
export function draw(part: ReactNode, engine: Engine = answering({})) {
  connectEngine(engine)
  return render(part, {
    wrapper: ({ children }) => (
      <MantineProvider env="test">
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </MantineProvider>
    ),
  })
}

afterEach(() => {
  cleanup()
  queryClient.clear()
})
