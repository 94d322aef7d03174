import { Menu, type ContextMenuParams, type MenuItemConstructorOptions, type WebContents } from 'electron'

type Asked = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>

/** What a right click on text offers; nothing where there is neither a field nor marked text. */
export function editItems({ isEditable, selectionText, editFlags }: Asked): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: editFlags.canCopy }
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy]
  return [
    { role: 'cut', enabled: editFlags.canCut },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ]
}

/** Text fields have the menu that they have in every other program: Electron brings none. */
export function offerEditing(contents: WebContents): void {
  contents.on('context-menu', (_event, asked) => {
    const items = editItems(asked)
    if (items.length > 0) Menu.buildFromTemplate(items).popup()
  })
}
