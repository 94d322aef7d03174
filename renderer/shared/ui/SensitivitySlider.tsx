import { Slider } from '@mantine/core'
import type { Ref } from 'react'
import classes from './SensitivitySlider.module.css'

/** From a tenth of the range on, arrow keys would jump over cuts. */
const STEP = 0.05

interface SensitivitySliderProps {
  /** 0..1 */
  value: number
  onChange: (value: number) => void
  /** Called when the slider is released. */
  onChangeEnd?: (value: number) => void
  /** Where a mark shows what is usual. */
  usual?: number
  ref?: Ref<HTMLDivElement>
}

/** How finely to cut: fewer scenes on the left, more on the right. */
export function SensitivitySlider({ value, onChange, onChangeEnd, usual, ref }: SensitivitySliderProps) {
  return (
    <div className={classes.place} ref={ref}>
      <Slider
        size={4}
        thumbSize={14}
        min={0}
        max={1}
        step={STEP}
        label={percent}
        value={value}
        onChange={(to) => onChange(rounded(to))}
        {...(onChangeEnd && { onChangeEnd: (to: number) => onChangeEnd(rounded(to)) })}
        marks={usual === undefined ? [] : [{ value: usual }]}
        thumbLabel="Sensitivity"
        thumbValueText={percent}
        classNames={{ track: classes.track, mark: classes.mark }}
      />
      <div className={classes.ends} aria-hidden>
        <span>Fewer scenes</span>
        <span>More scenes</span>
      </div>
    </div>
  )
}

/** Steps add up to 0.7000000000000001. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`
}
