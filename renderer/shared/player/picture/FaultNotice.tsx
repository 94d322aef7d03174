import { Button } from '@mantine/core'
import { clock } from '../../format/time.ts'
import type { PlaybackFault } from '../playback-state.ts'
import { usePlayer } from '../player.ts'
import { Notice } from './Notice.tsx'

const WORDS: Readonly<Record<PlaybackFault['kind'], (at: string) => readonly [title: string, text: string]>> = {
  read: (at) => [
    `The file could not be read at ${at}`,
    'The disk with the library may have gone. Put it back, then load the video again.',
  ],
  decode: (at) => [
    `There is no picture to show at ${at}`,
    'The file is damaged there. Skip ahead, or load the video again. Nothing was changed.',
  ],
  format: () => [
    'The video could not be loaded',
    'Its file is gone, or its disk is. Put the disk back and load it again; if the file is lost, import it again.',
  ],
}

/** What the video element gave up on, and the two ways on. */
export function FaultNotice({ fault }: { fault: PlaybackFault }) {
  const { playback } = usePlayer()
  const [title, text] = WORDS[fault.kind](clock(fault.time))
  const goPast = (): void => {
    playback.skip(2)
    playback.reload()
  }
  return (
    <Notice tone="error" title={title} text={text}>
      <Button onClick={() => playback.reload()}>Load again</Button>
      {fault.kind === 'decode' && (
        <Button variant="default" onClick={goPast}>
          Skip 2 s ahead
        </Button>
      )}
    </Notice>
  )
}
