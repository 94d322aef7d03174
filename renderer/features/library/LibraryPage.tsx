import { useContributions } from '../../shared/registry/features.ts'
import { EmptyLibrary } from './EmptyLibrary.tsx'
import { DetailsPane } from './DetailsPane.tsx'
import { FilterRow } from './FilterRow.tsx'
import { GridSkeleton } from './GridSkeleton.tsx'
import { LibraryBar } from './LibraryBar.tsx'
import { LoadFailed, NoHits } from './Notice.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { useDetails } from './useDetails.ts'
import { useLibraryKeys } from './useLibraryKeys.ts'
import { useSequence, type Shown } from './useSequence.ts'
import { VideoGrid } from './VideoGrid.tsx'
import { VideoMenu } from './VideoMenu.tsx'
import { useVisit } from './view.ts'
import page from '../../shared/ui/page.module.css'

/** All videos, newest first: to find one, to see what goes on, to put things in order. */
export function LibraryPage() {
  const shown = useSequence()
  const { videos } = shown
  const search = useVisit((visit) => visit.search)
  const details = useDetails()
  const banners = useContributions('LibraryBanner')
  useLibraryKeys(videos, details)
  const empty = !shown.isPending && !shown.error && videos.counts.all === 0 && search === ''
  return (
    <>
      <LibraryBar empty={empty} />
      {banners.map((Banner, index) => (
        <Banner key={index} />
      ))}
      {empty ? (
        <EmptyLibrary />
      ) : (
        <div className={page.body}>
          <div className={page.content}>
            <FilterRow shown={shown} details={details} />
            <Content shown={shown} />
            <SelectionBar videos={videos} detailsOpen={details.open} />
          </div>
          {details.open && <DetailsPane videos={videos} details={details} />}
        </div>
      )}
      <VideoMenu videos={videos} />
      <RenameDialog />
    </>
  )
}

function Content({ shown: { videos, error, isPending, retry } }: { shown: Shown }) {
  if (error && videos.length === 0) return <LoadFailed error={error} onRetry={retry} />
  if (isPending) return <GridSkeleton />
  if (videos.length === 0) return <NoHits />
  return <VideoGrid videos={videos} />
}
