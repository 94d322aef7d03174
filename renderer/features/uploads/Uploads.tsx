import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import { FilterChips } from '../../shared/ui/FilterChips.tsx'
import { type FilterId, FILTERS, inOrder } from './filter.ts'
import { resumeAll } from './pause-resume.ts'
import { ImportList } from './ImportList.tsx'
import { ResumedNotice } from './ResumedNotice.tsx'
import { isActive, isFinished } from './import-status.ts'
import { TotalPanel } from './TotalPanel.tsx'
import { totalsOf } from './totals.ts'
import { useImportActions } from './useImportActions.ts'
import { useImportOrder } from './useImportOrder.ts'
import page from '../../shared/ui/page.module.css'
import classes from './UploadsPage.module.css'

const FILTER_IDS = Object.keys(FILTERS) as FilterId[]

/** All uploads in one panel, and every file below it. */
export function Uploads({ imports }: { imports: readonly Import[] }) {
  const [filter, setFilter] = useState<FilterId>('all')
  const actions = useImportActions()
  const shown = inOrder(imports.filter(FILTERS[filter].matches))
  const order = useImportOrder(imports, shown)
  return (
    <div className={page.page}>
      <div className={classes.above}>
        <ResumedNotice imports={imports} />
        <TotalPanel totals={totalsOf(imports)} />
        <div className={classes.filters}>
          <FilterChips
            label="Show"
            options={FILTER_IDS.map((id) => ({
              value: id,
              name: FILTERS[id].name,
              count: imports.filter(FILTERS[id].matches).length.toLocaleString('en-GB'),
            }))}
            chosen={filter}
            onChoose={setFilter}
          />
          {/* The bar's button pauses as long as something goes on. */}
          {imports.some(isActive) && imports.some(({ status }) => status === 'paused') && (
            <Button variant="subtle" color="gray" h={26} ml="auto" onClick={() => void resumeAll(imports)}>
              Resume paused
            </Button>
          )}
          <Button
            variant="subtle"
            color="gray"
            h={26}
            disabled={!imports.some(isFinished)}
            onClick={() => void actions.clearFinished(imports)}
          >
            Clear finished
          </Button>
        </div>
      </div>
      {shown.length > 0 && <ImportList imports={imports} shown={shown} actions={actions} order={order} />}
      {shown.length === 0 && (
        <div className={classes.none}>
          No uploads in “{FILTERS[filter].name}”.
          <Button variant="default" h={26} onClick={() => setFilter('all')}>
            Show all
          </Button>
        </div>
      )}
    </div>
  )
}
