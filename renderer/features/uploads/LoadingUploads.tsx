import { Skeleton } from '@mantine/core'
import classes from './LoadingUploads.module.css'

const ROWS = 5

/** The page's own shape while its content is asked for. */
export function LoadingUploads() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading the uploads">
      <Skeleton h={122} radius={10} />
      <Skeleton h={26} w={300} my={14} />
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className={classes.row}>
          <Skeleton w={80} h={45} radius={4} />
          <Skeleton w="30%" h={14} />
          <Skeleton w="35%" h={14} ml="auto" />
        </div>
      ))}
    </div>
  )
}
