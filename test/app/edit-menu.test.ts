import { expect, test, vi } from 'vitest'

vi.mock('electron', () => ({ Menu: {} }))
const { editItems } = await import('../../main/app/edit-menu.ts')

const flags = { canUndo: true, canRedo: false, canCut: true, canCopy: true, canPaste: true, canDelete: true }
const editFlags = { ...flags, canSelectAll: true, canEditRichly: false }
const roles = (asked: Partial<Parameters<typeof editItems>[0]>) =>
  editItems({ isEditable: false, selectionText: '', editFlags, ...asked }).flatMap(({ role }) => role ?? [])

test('a text field offers cut, copy, paste and select all', () => {
  expect(roles({ isEditable: true })).toEqual(['cut', 'copy', 'paste', 'selectAll'])
})

test('marked text can be copied; where there is none, nothing is offered', () => {
  expect(roles({ selectionText: 'b2c1' })).toEqual(['copy'])
  expect(roles({ selectionText: ' ' })).toEqual([])
})

test('what cannot be done now is off', () => {
  const [cut] = editItems({ isEditable: true, selectionText: '', editFlags: { ...editFlags, canCut: false } })
  expect(cut).toMatchObject({ role: 'cut', enabled: false })
})
