import { Button } from '@mantine/core'
import { useState } from 'react'
import { SectionHead } from '../../../shared/settings/SectionHead.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { ForgetViewersDialog } from './ForgetViewersDialog.tsx'

/** What is stored about viewers. */
export function Privacy() {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <SectionHead>
        Views are counted on this computer and never sent anywhere. Only the country, city and kind of device of a
        viewer are kept. Returning viewers are recognised by a code that cannot be traced back to an address.
      </SectionHead>
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
