import { memo } from 'react'
import { partBlocks } from './part-blocks.ts'
import classes from './PartBlocks.module.css'

/** What is stored has the colour of what becomes of it: it goes on, it rests, it failed. */
export type PartsTone = 'running' | 'paused' | 'failed'

interface PartBlocksProps {
  total: number
  stored: number
  inFlight: number
  tone: PartsTone
}

/** The parts of a file: stored solid, in flight pale, missing empty. */
export const PartBlocks = memo(function PartBlocks({ total, stored, inFlight, tone }: PartBlocksProps) {
  return (
    <div
      className={classes.blocks}
      data-tone={tone}
      role="progressbar"
      aria-label="Parts stored"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={stored}
      aria-valuetext={`${stored} of ${total} parts stored`}
    >
      {partBlocks(total, stored, inFlight).map((block, index) => (
        <span key={index} data-block={block} />
      ))}
    </div>
  )
})
