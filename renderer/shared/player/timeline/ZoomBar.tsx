import { Button, Slider } from '@mantine/core'
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import clsx from 'clsx'
import { ControlButton } from '../controls/ControlButton.tsx'
import { usePlayer, useTimescale } from '../player.ts'
import { largestZoom, pixelsPerSecond, sliderOf, zoomOfSlider } from '../timescale.ts'
import quiet from '../../ui/control-tone.module.css'
import classes from './ZoomBar.module.css'

const STEP = 1.5

/** Zooms around the playhead. */
export function ZoomBar() {
  const { playback, timeline } = usePlayer()
  const position = useTimescale(sliderOf)
  const atFit = useTimescale(({ zoom }) => zoom === 1)
  const atEnd = useTimescale((scale) => scale.zoom >= largestZoom(scale))
  const slide = (to: number): void => {
    const scale = timeline.state.getState()
    timeline.zoomAround(playback.time, zoomOfSlider(scale, to) / scale.zoom)
  }
  const known = useTimescale((scale) => pixelsPerSecond(scale) > 0)
  return (
    <div className={classes.bar}>
      <ControlButton
        name="Zoom out"
        command="zoomOut"
        icon={IconZoomOut}
        size={26}
        disabled={atFit}
        onClick={() => timeline.zoomAround(playback.time, 1 / STEP)}
      />
      <Slider
        className={classes.slider}
        size={3}
        thumbSize={12}
        label={null}
        min={0}
        max={1}
        step={0.01}
        disabled={!known}
        value={position}
        onChange={slide}
        thumbLabel="Zoom of the timeline"
      />
      <ControlButton
        name="Zoom in"
        command="zoomIn"
        icon={IconZoomIn}
        size={26}
        disabled={atEnd}
        onClick={() => timeline.zoomAround(playback.time, STEP)}
      />
      <Button
        variant="subtle"
        className={clsx(quiet.quiet)}
        h={26}
        px={8}
        rightSection={<kbd>Shift Z</kbd>}
        onClick={() => timeline.fit()}
      >
        Fit
      </Button>
    </div>
  )
}
