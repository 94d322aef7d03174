// @vitest-environment happy-dom
import { answering, draw } from '../../page.tsx'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { IconMovie } from '@tabler/icons-react'
import { expect, it, vi } from 'vitest'
import { getSystem } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../../renderer/shared/engine/queries.ts'
import { CardMenu } from '../../../../renderer/shared/ui/CardMenu.tsx'
import { ConfirmDialog } from '../../../../renderer/shared/ui/ConfirmDialog.tsx'
import { CopyText } from '../../../../renderer/shared/ui/CopyText.tsx'
import { Crumbs } from '../../../../renderer/shared/ui/Crumbs.tsx'
import { EditableName } from '../../../../renderer/shared/ui/EditableName.tsx'
import { EmptyPlace } from '../../../../renderer/shared/ui/EmptyPlace.tsx'
import { FilterChips } from '../../../../renderer/shared/ui/FilterChips.tsx'
import { Hint } from '../../../../renderer/shared/ui/Hint.tsx'
import { Notice } from '../../../../renderer/shared/ui/Notice.tsx'
import { Progress } from '../../../../renderer/shared/ui/Progress.tsx'
import { SelectionAction, SelectionBar } from '../../../../renderer/shared/ui/SelectionBar.tsx'
import { SensitivitySlider } from '../../../../renderer/shared/ui/SensitivitySlider.tsx'
import { ShowMore, useMore } from '../../../../renderer/shared/ui/ShowMore.tsx'
import { TopBar } from '../../../../renderer/shared/ui/TopBar.tsx'

const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }))

it('CardMenu is closed without a place, and shows what can be done', () => {
  const { rerender } = draw(<CardMenu place={null} label="Actions for Gate" onClose={vi.fn()} children="Open" />)
  expect(screen.queryByText('Open')).toBeNull()
  rerender(<CardMenu place={{ x: 1, y: 2 }} label="Actions for Gate" onClose={vi.fn()} children="Open" />)
  expect(screen.getByText('Open')).toBeTruthy()
})

it('CopyText puts its text on the clipboard, and says so', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  draw(<CopyText text="/data" what="data folder" />)
  press('Copy data folder')
  expect(writeText).toHaveBeenCalledWith('/data')
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy()
})

it('FilterChips show which one is on, and choose another', () => {
  const onChoose = vi.fn()
  const options = [
    { value: 'all', name: 'All', count: '12' },
    { value: 'failed', name: 'Failed' },
  ]
  draw(<FilterChips label="Show" options={options} chosen="all" onChoose={onChoose} />)
  expect(screen.getByRole('button', { pressed: true }).textContent).toBe('All 12')
  press('Failed')
  expect(onChoose).toHaveBeenCalledWith('failed')
})

it('Crumbs lead to the place above', () => {
  draw(<Crumbs path="/tasks" name="Tasks" children={<h1>Count cars</h1>} />)
  expect(screen.getByLabelText('Back to the tasks').getAttribute('href')).toBe('/tasks')
  expect(screen.getByRole('heading').textContent).toBe('Count cars')
})

it('EditableName keeps a new name on Enter, and none on Escape or when it is empty', () => {
  const onRename = vi.fn()
  draw(<EditableName name="Gate" hint="Change the title" label="Title" className="" onRename={onRename} />)
  for (const [text, key] of [
    ['North gate', 'Escape'],
    ['  ', 'Enter'],
    [' North gate ', 'Enter'],
  ] as const) {
    press('Gate')
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: text } })
    fireEvent.keyDown(screen.getByLabelText('Title'), { key })
  }
  expect(onRename.mock.calls).toEqual([['North gate']])
})

it('EmptyPlace says what to do first, and its key', () => {
  const lessons = [{ icon: IconMovie, name: 'Scenes', text: 'Each with a picture.' }]
  draw(
    <EmptyPlace
      icon={IconMovie}
      title="No tasks yet"
      text="Why"
      action={<button>New task</button>}
      keyName="N"
      lessons={lessons}
    />,
  )
  expect(screen.getByText('N').tagName).toBe('KBD')
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['No tasks yet', 'Scenes'])
})

it('Hint names its control and the key when the focus is on it', async () => {
  draw(<Hint name="Find scenes" shown="A" children={<button>icon</button>} />)
  fireEvent.mouseEnter(screen.getByRole('button'))
  expect((await screen.findByRole('tooltip')).textContent).toBe('Find scenesA')
})

it('Notice shows what happened and the way on', () => {
  draw(<Notice icon={IconMovie} title="No hits" children="Nothing matches." action={<button>Clear</button>} />)
  expect(screen.getByRole('heading').textContent).toBe('No hits')
  expect(screen.getByRole('button').textContent).toBe('Clear')
})

it('Progress tells its percent in whole numbers', () => {
  draw(<Progress percent={62.9} name="Finding scenes" />)
  expect(screen.getByRole('progressbar', { name: 'Finding scenes' }).getAttribute('aria-valuenow')).toBe('62')
})

it('SelectionBar tells how much is selected, acts on it, and clears it', () => {
  const [clear, remove] = [vi.fn(), vi.fn()]
  draw(
    <SelectionBar label="Selected videos" amount="3 selected" length="12 min" onClear={clear}>
      <SelectionAction icon={IconMovie} name="Delete" act={remove} />
    </SelectionBar>,
  )
  expect(screen.getByRole('status').textContent).toBe('3 selected12 min')
  press('Delete')
  press('Clear selection')
  expect([clear, remove].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
})

it('SensitivitySlider speaks in percent, and rounds its steps', () => {
  const onChange = vi.fn()
  draw(<SensitivitySlider value={0.65} onChange={onChange} />)
  const slider = screen.getByRole('slider', { name: 'Sensitivity' })
  expect(slider.getAttribute('aria-valuetext')).toBe('65%')
  fireEvent.keyDown(slider, { key: 'ArrowRight' })
  expect(onChange).toHaveBeenCalledWith(0.7)
})

it('ShowMore adds rows, and is gone when there are none left', () => {
  const rows = Array.from({ length: 30 }, (_, index) => index)
  function List() {
    const { shown, rest, showMore } = useMore(rows)
    return (
      <>
        <p>{shown.length}</p>
        <ShowMore rest={rest} onClick={showMore} />
      </>
    )
  }
  draw(<List />)
  press('Show more of 10')
  expect(screen.getByText('30')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

it('TopBar has the buttons of the window beside its own', () => {
  draw(<TopBar title={<h1>Library</h1>} facts="3 videos" children={<button>Import</button>} />)
  press('Close window')
  expect(window.fieldreel.window.close).toHaveBeenCalledOnce()
  expect(screen.getByText('3 videos')).toBeTruthy()
})

it('ConfirmDialog does nothing but on its verb', () => {
  const [onConfirm, onClose] = [vi.fn(), vi.fn()]
  draw(
    <ConfirmDialog
      opened
      title="Delete it?"
      verb="Delete"
      onConfirm={onConfirm}
      onClose={onClose}
      children="For good."
    />,
  )
  press('Cancel')
  expect([onConfirm.mock.calls.length, onClose.mock.calls.length]).toEqual([0, 1])
  press('Delete')
  expect(onConfirm).toHaveBeenCalledOnce()
})

it('a part asks the engine it is given, and shows what that answers', async () => {
  function Version() {
    const { data } = useEngine('system', getSystem, {})
    return <p>{data ? data.version : 'asking'}</p>
  }
  const asked = vi.fn(() => ({ version: '1.2.3' }))
  draw(<Version />, answering({ [getSystem.name]: asked }))
  expect(screen.getByText('asking')).toBeTruthy()
  await waitFor(() => expect(screen.getByText('1.2.3')).toBeTruthy())
  expect(asked).toHaveBeenCalledOnce()
})
