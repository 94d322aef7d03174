import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import classes from './Appearance.module.css'

const SCHEMES: ReadonlyArray<{ value: MantineColorScheme; name: string }> = [
  { value: 'dark', name: 'Dark' },
  { value: 'light', name: 'Light' },
  { value: 'auto', name: 'Match system' },
]

/** Dark, light, or what the system says; each with a small picture of the window. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={classes.schemes}>
      <legend className={classes.legend}>Window colours. Footage looks the same in all of them.</legend>
      {SCHEMES.map(({ value, name }) => (
        <label key={value} className={classes.scheme}>
          <input
            type="radio"
            name="colour-scheme"
            value={value}
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
          />
          <span className={classes.picture} aria-hidden>
            {value !== 'light' && <WindowPicture scheme="dark" />}
            {value !== 'dark' && <WindowPicture scheme="light" />}
          </span>
          <span className={classes.name}>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

const CARDS = 6

function WindowPicture({ scheme }: { scheme: 'dark' | 'light' }) {
  return (
    <span className={classes.window} data-scheme={scheme}>
      <span className={classes.rail} />
      <span className={classes.cards}>
        {Array.from({ length: CARDS }, (_, card) => (
          <span key={card} />
        ))}
      </span>
    </span>
  )
}
