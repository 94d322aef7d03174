import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { listVideos, type TaskInput } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { pictureLine } from '../../../shared/format/media.ts'
import { clock } from '../../../shared/format/time.ts'
import { changeUrl, mediaIdOf, type Problems, storeUrl } from './draft.ts'
import type { ChosenVideo } from './useChosenVideo.ts'
import { ComposerSection } from './ComposerSection.tsx'
import composer from './composer.module.css'
import classes from './VideoForm.module.css'

interface VideoFormProps {
  input: TaskInput | undefined
  chosen: ChosenVideo
  problems: Problems
}

type Place = 'library' | 'url'

/** Which video is analysed. */
export function VideoForm({ input, chosen, problems }: VideoFormProps) {
  const url = input?.type === 'video_url' ? input.url : ''
  const [place, setPlace] = useState<Place>(url === '' || mediaIdOf(input) !== null ? 'library' : 'url')
  const problem = problems.get('input.0.url') ?? problems.get('input.0.data')
  return (
    <ComposerSection
      name="Video"
      aside={
        <SegmentedControl
          size="xs"
          value={place}
          onChange={(to) => setPlace(to === 'url' ? 'url' : 'library')}
          data={[
            { value: 'library', label: 'Library' },
            { value: 'url', label: 'URL' },
          ]}
          aria-label="Source of the video"
        />
      }
    >
      {input?.type === 'video_base64' && (
        <p className={composer.hint}>The video data in the request. Choose another video to replace it.</p>
      )}
      {place === 'library' && <LibraryChoice input={input} chosen={chosen} problem={problem} />}
      {place === 'url' && (
        <TextInput
          label="URL"
          placeholder="https://example.com/clip.mp4"
          value={mediaIdOf(input) === null ? url : ''}
          spellCheck={false}
          error={problem}
          onChange={({ currentTarget }) => changeUrl(currentTarget.value.trim())}
          description="Downloaded when the task starts. URLs in private networks are refused."
        />
      )}
    </ComposerSection>
  )
}

const MOST = 30

function LibraryChoice({ input, chosen, problem }: Omit<VideoFormProps, 'problems'> & { problem: string | undefined }) {
  const [text, setText] = useState('')
  const { video, missing } = chosen
  const mediaId = mediaIdOf(input)
  // The field holds the chosen title: that is no search.
  const [search] = useDebouncedValue(text === video?.title ? '' : text.trim(), 150)
  const { data } = useEngine('videos', listVideos, { search, limit: MOST }, { keepPrevious: true })
  const found = data?.videos ?? []
  const all = video && !found.some(({ videoId }) => videoId === video.videoId) ? [video, ...found] : found
  return (
    <div className={classes.library}>
      <div className={classes.poster}>
        {video?.thumbnailUrl && <img src={mediaUrl(video.thumbnailUrl)} alt="" draggable={false} />}
      </div>
      <div className={composer.grow}>
        <Select
          label="Video"
          placeholder={data?.total === 0 ? 'The library is empty' : 'Search by title'}
          searchable
          nothingFoundMessage="No title or filename contains this"
          filter={({ options }) => options}
          data={all.map(({ videoId, title }) => ({ value: videoId, label: title }))}
          value={mediaId}
          searchValue={text}
          onSearchChange={setText}
          onChange={(to) => changeUrl(to === null ? '' : storeUrl(to))}
          error={missing ? 'This video is no longer in the library.' : problem}
          comboboxProps={{ transitionProps: { duration: 90 } }}
        />
        {video && (
          <p className={composer.hint}>
            {[
              video.metadata.durationSeconds !== null && clock(video.metadata.durationSeconds),
              pictureLine(video.metadata),
            ]
              .filter(Boolean)
              .join(', ')}
          </p>
        )}
      </div>
    </div>
  )
}
