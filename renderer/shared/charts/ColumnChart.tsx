import { BarChart } from '@mantine/charts'
import { AXES, BELOW, LEFT } from './axis.ts'
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
      data={[...columns]}
      dataKey="name"
      series={[{ name: 'value', color: 'var(--fr-accent)' }]}
      cursorFill="var(--fr-c3)"
      barProps={{ radius: 0, isAnimationActive: false }}
      barChartProps={{ title: name, margin: { top: 6, right: 0, bottom: 0, left: 0 }, barCategoryGap: '12%' }}
      maxBarWidth={56}
      xAxisProps={{ ...BELOW, minTickGap: 16, interval: 'equidistantPreserveStart' }}
      yAxisProps={{ ...LEFT, width: 34, allowDecimals: false, tickFormatter: short }}
      tooltipAnimationDuration={0}
      {...AXES}
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
