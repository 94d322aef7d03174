import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './global.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { connectEngine } from '../shared/engine/client.ts'
import { openPort, PortClient } from '../shared/engine/port-client.ts'
import { queryClient } from '../shared/engine/queries.ts'
import { FeaturesContext } from '../shared/registry/features.ts'
import { App } from './App.tsx'
import { FEATURES } from './features.ts'
import { cssVariables, theme } from './theme.ts'

connectEngine(new PortClient(openPort()))

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element.')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="dark">
      <QueryClientProvider client={queryClient}>
        {/* Above dialogs, below the menus of the bar that they lie under. */}
        <Notifications position="top-right" autoClose={8000} limit={5} zIndex={250} />
        <Router hook={useHashLocation}>
          <FeaturesContext value={FEATURES}>
            <App />
          </FeaturesContext>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
