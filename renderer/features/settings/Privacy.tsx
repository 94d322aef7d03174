import { Button } from '@mantine/core'
import { useState } from 'react'
import { ForgetViewersDialog } from './ForgetViewersDialog.tsx'
import { SettingRow } from './SettingRow.tsx'
import classes from './Section.module.css'

/** What is known of those who watch. */
export function Privacy() {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <p className={classes.lead}>
        Views are counted on this computer and never sent anywhere. Only the country, city and kind of device of a
        viewer are kept. Returning viewers are recognised by a code that cannot be traced back to an address.
      </p>
      <SettingRow
        name="Viewers"
        hint="Removes the link between past and future views. All counts stay; returning viewers count as new."
      >
        <Button variant="default" onClick={() => setAsking(true)}>
          Forget viewers…
        </Button>
      </SettingRow>
      <ForgetViewersDialog opened={asking} onClose={() => setAsking(false)} />
    </>
  )
}
