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
import { useShown, type Shown } from './useShown.ts'
import { useVideos, type LoadedVideos } from './useVideos.ts'
import { VideoGrid } from './VideoGrid.tsx'
import { VideoMenu } from './VideoMenu.tsx'
import { useVisit } from './view.ts'
import page from '../../shared/ui/page.module.css'

/** All videos, newest first: to find one, to see what goes on, to put things in order. */
export function LibraryPage() {
  const loaded = useVideos()
  const shown = useShown(loaded)
  const search = useVisit((visit) => visit.search)
  const details = useDetails()
  const banners = useContributions('LibraryBanner')
  useLibraryKeys(shown.videos, details)
  const empty = !loaded.isPending && !loaded.error && loaded.total === 0 && search === ''
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
            <FilterRow loaded={loaded} shown={shown} details={details} />
            <Content loaded={loaded} shown={shown} />
            <SelectionBar videos={shown.videos} detailsOpen={details.open} total={loaded.total} />
          </div>
          {details.open && <DetailsPane videos={shown.videos} details={details} />}
        </div>
      )}
      <VideoMenu videos={shown.videos} />
      <RenameDialog />
    </>
  )
}

function Content({ loaded, shown }: { loaded: LoadedVideos; shown: Shown }) {
  if (loaded.error && loaded.videos.length === 0) return <LoadFailed error={loaded.error} onRetry={loaded.retry} />
  if (loaded.isPending) return <GridSkeleton />
  if (shown.videos.length === 0 && loaded.complete) return <NoHits />
  return <VideoGrid loaded={loaded} videos={shown.videos} />
}
