import { NumberInput, SegmentedControl, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { Sampling, TaskInput } from '../../../../main/contract/index.ts'
import { count } from '../../../shared/format/size.ts'
import { changeInput, type Problems } from './draft.ts'
import { aboutDueFrames, type Due, dueFrames, USUAL_MOST_FRAMES } from './due-frames.ts'
import { RangeForm } from './RangeForm.tsx'
import type { ChosenVideo } from './useChosenVideo.ts'
import { ComposerSection } from './ComposerSection.tsx'
import classes from './composer.module.css'

interface FramesFormProps {
  input: TaskInput | undefined
  chosen: ChosenVideo
  problems: Problems
}

const MODES: readonly { readonly value: Sampling['mode']; readonly label: string }[] = [
  { value: 'fps', label: 'Per second' },
  { value: 'interval', label: 'At an interval' },
  { value: 'keyframe', label: 'Keyframes' },
]
const BEGINNINGS: Readonly<Record<Sampling['mode'], Sampling>> = {
  fps: { mode: 'fps', value: 5 },
  interval: { mode: 'interval', value: 2 },
  keyframe: { mode: 'keyframe' },
}

/** Which frames are analysed. */
export function FramesForm({ input, chosen, problems }: FramesFormProps) {
  const { sampling = { mode: 'fps', value: 1 }, max_frames: most } = input ?? {}
  return (
    <ComposerSection name="Frames" aside={<Estimate input={input} chosen={chosen} />}>
      <div className={classes.fields}>
        <div>
          <div className={classes.label}>Frames to analyse</div>
          <SegmentedControl
            size="xs"
            value={sampling.mode}
            onChange={(mode) => changeInput({ sampling: BEGINNINGS[mode] })}
            data={[...MODES]}
            aria-label="Frames to analyse"
          />
        </div>
        {sampling.mode !== 'keyframe' && (
          <NumberInput
            className={classes.number}
            label={sampling.mode === 'fps' ? 'Per second' : 'Seconds'}
            min={0.01}
            max={1000}
            decimalScale={3}
            value={sampling.value}
            error={problems.get('input.0.sampling.value')}
            onChange={(value) => typeof value === 'number' && changeInput({ sampling: { mode: sampling.mode, value } })}
          />
        )}
        <NumberInput
          className={classes.number}
          label="Maximum"
          min={1}
          allowDecimal={false}
          placeholder={String(USUAL_MOST_FRAMES)}
          value={most ?? ''}
          error={problems.get('input.0.max_frames')}
          onChange={(value) => changeInput({ max_frames: typeof value === 'number' ? value : undefined })}
        />
      </div>
      <RangeForm input={input} chosen={chosen} problem={problems.get('input.0.range')} />
    </ComposerSection>
  )
}

/** How many frames that will be, as far as known. */
function Estimate({ input, chosen: { frames, video } }: Omit<FramesFormProps, 'problems'>) {
  const due = useMemo((): (Due & { about: boolean }) | null => {
    if (!input || !isCountable(input)) return null
    if (frames) return { ...dueFrames(frames, input), about: false }
    const { durationSeconds, frameRate } = video?.metadata ?? { durationSeconds: null, frameRate: null }
    if (durationSeconds === null || frameRate === null) return null
    const about = aboutDueFrames(durationSeconds, frameRate, input)
    return about && { ...about, about: true }
  }, [input, frames, video])
  if (!due) return null
  return (
    <Text component="span" c="var(--fr-t2)" role="status">
      {due.about ? 'About ' : ''}
      <b>{count(due.frames, 'frame')}</b> to analyse
      {due.limited && ', the maximum'}
    </Text>
  )
}

/** Excludes half-typed numbers. */
function isCountable({ sampling, range }: TaskInput): boolean {
  const { start = 0, end = Infinity } = range ?? {}
  return start < end && (sampling === undefined || sampling.mode === 'keyframe' || sampling.value > 0)
}
