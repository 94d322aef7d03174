// @vitest-environment happy-dom
import { draw } from '../../page.tsx'
import { fireEvent, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, it, vi } from 'vitest'
import { useKeys } from '../../../../renderer/shared/keys/useKeys.ts'
import { LoopMenu } from '../../../../renderer/shared/player/controls/LoopMenu.tsx'
import { SpeedMenu } from '../../../../renderer/shared/player/controls/SpeedMenu.tsx'
import { Timecode } from '../../../../renderer/shared/player/controls/Timecode.tsx'
import { Transport } from '../../../../renderer/shared/player/controls/Transport.tsx'
import { PLAYER_KEYS } from '../../../../renderer/shared/player/keys.ts'
import { createPlayer, PlayerContext } from '../../../../renderer/shared/player/player.ts'
import { RangeChip } from '../../../../renderer/shared/player/timeline/RangeChip.tsx'

/** Draws a part of the player, on ten seconds of film at 25 frames a second, cut at 4 s. */
function drawPlayer(part: ReactNode) {
  const player = createPlayer()
  player.playback.describe({ duration: 10, frameRate: 25, starts: [0, 4] })
  draw(<PlayerContext value={player}>{part}</PlayerContext>)
  return player.playback
}

it('Transport goes from scene to scene and from frame to frame', () => {
  const playback = drawPlayer(<Transport playable />)
  fireEvent.click(screen.getByRole('button', { name: 'Next scene' }))
  expect(playback.frameAt(playback.time)).toBeNull()
  expect(playback.time).toBeCloseTo(4.02)
  fireEvent.click(screen.getByRole('button', { name: 'Previous frame' }))
  expect(playback.timecode(playback.time)).toBe('00:00:03:24')
})

it('Transport cannot play what has no file', () => {
  drawPlayer(<Transport playable={false} />)
  expect(screen.getByRole('button', { name: 'Play' }).hasAttribute('disabled')).toBe(true)
})

it('Timecode says where it is, of how much', () => {
  drawPlayer(<Timecode />)
  expect(document.body.textContent).toContain('00:00:00:00/00:00:10:00')
})

it('SpeedMenu shows the speed, also of playing backwards', async () => {
  const playback = drawPlayer(<SpeedMenu />)
  playback.setSpeed(2)
  expect(await screen.findByRole('button', { name: 'Speed, 2×' })).toBeTruthy()
  playback.state.setState({ reverse: 4 })
  expect(await screen.findByRole('button', { name: 'Speed, −4×' })).toBeTruthy()
})

it('LoopMenu names what is repeated', async () => {
  const playback = drawPlayer(<LoopMenu />)
  playback.setLoop('scene')
  expect(await screen.findByRole('button', { name: 'Loop, the scene' })).toBeTruthy()
})

it('RangeChip tells the range with its length, and clears it', async () => {
  const playback = drawPlayer(<RangeChip />)
  playback.state.setState({ inPoint: 1, outPoint: 3 })
  expect(await screen.findByText('In 00:00:01:00 to out 00:00:03:00, 2 s')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Clear in and out' }))
  expect(playback.state.getState()).toMatchObject({ inPoint: null, outPoint: null })
})

it('keys are obeyed on the page, left to text fields, and repeated only where that makes sense', () => {
  const run = vi.fn()
  function Page() {
    useKeys(PLAYER_KEYS, run)
    return <input aria-label="Search" />
  }
  draw(<Page />)
  fireEvent.keyDown(document.body, { key: 'l' })
  fireEvent.keyDown(screen.getByLabelText('Search'), { key: 'l' })
  fireEvent.keyDown(document.body, { key: 'ArrowRight', repeat: true })
  fireEvent.keyDown(document.body, { key: 'm', repeat: true })
  expect(run.mock.calls).toEqual([['forward'], ['nextFrame']])
})
