import classes from './Drawn.module.css'

/** A line that can be seen on any footage: light on a dark edge. */
export function Stroke({ path }: { path: string }) {
  return (
    <>
      <path className={classes.edge} d={path} />
      <path className={classes.line} d={path} />
    </>
  )
}
