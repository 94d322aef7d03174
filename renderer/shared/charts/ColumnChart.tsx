import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import classes from './charts.module.css'

interface ColumnChartProps {
  /** What it shows, for screen readers. */
  name: string
  columns: readonly {
    /** On the axis, as far as there is room. */
    readonly name: string
    readonly value: number
    /** All about the column, in the tooltip. */
    readonly text: string
  }[]
  height: number
}

/** Numbers as columns. Pointer and arrow keys show the text of each; a table beside it says the same. */
export function ColumnChart({ name, columns, height }: ColumnChartProps) {
  return (
    <BarChart
      h={height}
      className={classes.chart}
      data={[...columns]}
      dataKey="name"
      series={[{ name: 'value', color: 'var(--fr-accent)' }]}
      tickLine="none"
      gridColor="var(--fr-line)"
      strokeDasharray="none"
      textColor="var(--fr-t3)"
      cursorFill="var(--fr-c3)"
      barProps={{ radius: 0, isAnimationActive: false }}
      barChartProps={{ title: name, margin: { top: 6, right: 0, bottom: 0, left: 0 }, barCategoryGap: '12%' }}
      maxBarWidth={56}
      xAxisProps={{ tickMargin: 6, height: 20, minTickGap: 16, axisLine: false, interval: 'equidistantPreserveStart' }}
      yAxisProps={{ width: 34, tickMargin: 6, allowDecimals: false, tickFormatter: short }}
      tooltipAnimationDuration={0}
      tooltipProps={{
        content: ({ payload }) => <div className={classes.tooltip}>{textOf(payload[0]?.payload)}</div>,
      }}
    />
  )
}

function short(value: number): string {
  return value.toLocaleString('en-GB', { notation: 'compact' })
}

function textOf(column: unknown): string {
  return typeof column === 'object' && column !== null && 'text' in column ? String(column.text) : ''
}
