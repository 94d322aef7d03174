import { Button } from '@mantine/core'
import { useState } from 'react'
import { ForgetDialog } from './ForgetDialog.tsx'
import { SettingRow } from './SettingRow.tsx'
import classes from './Section.module.css'

/** What is known of those who watch. */
export function Privacy() {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <p className={classes.lead}>
        Views are counted on this computer and sent to nobody. Of a viewer’s address and browser only the country, the
        city and the kind of device are kept; who comes again is told by a code that leads back to no address.
      </p>
      <SettingRow
        name="Viewers"
        hint="Cuts the tie between past and future views. All counts stay; people who come again count as new."
      >
        <Button variant="default" onClick={() => setAsking(true)}>
          Forget viewers…
        </Button>
      </SettingRow>
      <ForgetDialog opened={asking} onClose={() => setAsking(false)} />
    </>
  )
}
