import { Button, NumberInput, SegmentedControl, Text } from '@mantine/core'
import type { TaskInput } from '../../../../main/contract/index.ts'
import { clockRange } from '../../../shared/format/time.ts'
import { changeInput, without } from './draft.ts'
import { RangeStrip } from './RangeStrip.tsx'
import type { ChosenVideo } from './useChosenVideo.ts'
import classes from './composer.module.css'

interface RangeFormProps {
  input: TaskInput | undefined
  chosen: ChosenVideo
  problem: string | undefined
}

type Range = NonNullable<TaskInput['range']>
type Ends = Readonly<Record<'start' | 'end', number | undefined>>

/** The range of the video that is analysed: dragged on a strip of its pictures, or typed. */
export function RangeForm({ input, chosen: { video, frames }, problem }: RangeFormProps) {
  const range: Range = input?.range ?? {}
  const unit = range.unit ?? 'seconds'
  const duration = video?.metadata.durationSeconds ?? 0
  const rate = video?.metadata.frameRate ?? 25
  const toSeconds = (value: number): number => (unit === 'seconds' ? value : (frames?.timeOf(value) ?? value / rate))
  const fromSeconds = (seconds: number): number =>
    unit === 'seconds' ? Number(seconds.toFixed(2)) : (frames?.nearestTo(seconds) ?? Math.round(seconds * rate))
  const change = (ends: Partial<Ends>): void => {
    const { start, end } = { start: range.start, end: range.end, ...ends }
    const named = start !== undefined || end !== undefined
    const kept = without({ start, end, ...(range.unit && { unit: range.unit }) }) as Range
    changeInput({ range: named || range.unit === 'frames' ? kept : undefined })
  }
  const ends = {
    start: range.start === undefined ? 0 : toSeconds(range.start),
    end: range.end === undefined ? duration : Math.min(duration, toSeconds(range.end)),
  }
  const isWhole = range.start === undefined && range.end === undefined
  return (
    <>
      {video && duration > 0 && (
        <RangeStrip
          video={video}
          duration={duration}
          frameRate={rate}
          ends={ends}
          // At an end of the video there is nothing to say: it stays out of the request.
          onChange={({ start, end }) =>
            change({
              start: start <= 0 ? undefined : fromSeconds(start),
              end: end >= duration ? undefined : fromSeconds(end),
            })
          }
        />
      )}
      <div className={classes.fields}>
        <NumberInput
          className={classes.number}
          label="From"
          min={0}
          decimalScale={unit === 'frames' ? 0 : 3}
          placeholder="Start"
          value={range.start ?? ''}
          error={problem}
          onChange={(value) => change({ start: typeof value === 'number' ? value : undefined })}
        />
        <NumberInput
          className={classes.number}
          label="To"
          min={0}
          decimalScale={unit === 'frames' ? 0 : 3}
          placeholder="End"
          value={range.end ?? ''}
          onChange={(value) => change({ end: typeof value === 'number' ? value : undefined })}
        />
        <SegmentedControl
          size="xs"
          value={unit}
          onChange={(to) => changeInput({ range: to === 'frames' ? { unit: 'frames' } : undefined })}
          data={[
            { value: 'seconds', label: 'Seconds' },
            { value: 'frames', label: 'Frames' },
          ]}
          aria-label="Unit of the range"
        />
        <Text component="span" c="var(--fr-t3)" fz={12} lh="30px">
          {isWhole ? 'The whole video' : duration > 0 && clockRange(ends.start, ends.end)}
        </Text>
        {!isWhole && (
          <Button variant="subtle" color="gray" h={26} onClick={() => changeInput({ range: undefined })}>
            Whole video
          </Button>
        )}
      </div>
    </>
  )
}
