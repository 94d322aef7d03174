import '@mantine/charts/styles.css'

const TICK = { fontSize: 10.5, fill: 'currentColor' }

/** What all charts look alike in. */
export const AXES = {
  gridColor: 'var(--fr-line)',
  strokeDasharray: 'none',
  textColor: 'var(--fr-t3)',
  tickLine: 'none',
} as const
export const BELOW = { height: 20, axisLine: false, tick: { ...TICK, transform: 'translate(0, 4)' } }
export const LEFT = { tick: { ...TICK, transform: 'translate(-4, 0)' } }
