import { memo } from 'react'
import { partBlocks } from './part-blocks.ts'
import classes from './PartBlocks.module.css'

interface PartBlocksProps {
  total: number
  stored: number
  inFlight: number
  failed: boolean
}

/** The parts of a file: stored solid, in flight pale, missing empty. */
export const PartBlocks = memo(function PartBlocks({ total, stored, inFlight, failed }: PartBlocksProps) {
  return (
    <div
      className={classes.blocks}
      data-failed={failed || undefined}
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
