import { AreaChart } from '@mantine/charts'
import { AXES, LEFT } from './axis.ts'

interface StepChartProps {
  /** Percentages, each over an equal part of the width. */
  values: readonly number[]
  height: number
  /** Room for the numbers on the left, in pixels. */
  gutter: number
}

/** Percentages as steps. A table beside it says the same to screen readers. */
export function StepChart({ values, height, gutter }: StepChartProps) {
  // A last point ends the last step.
  const data = [...values, ...values.slice(-1)].map((value, at) => ({ at, value }))
  return (
    <AreaChart
      aria-hidden
      h={height}
      data={data}
      dataKey="at"
      series={[{ name: 'value', color: 'var(--fr-accent)' }]}
      curveType="stepAfter"
      withGradient={false}
      fillOpacity={0.14}
      withDots={false}
      withXAxis={false}
      withTooltip={false}
      unit="%"
      yAxisProps={{ ...LEFT, width: gutter, domain: [0, 100], ticks: [0, 50, 100] }}
      areaProps={{ isAnimationActive: false }}
      areaChartProps={{ accessibilityLayer: false, margin: { top: 6, right: 0, bottom: 6, left: 0 } }}
      {...AXES}
    />
  )
}
