import { useMutation } from '@tanstack/react-query'
import {
  addWatchedFolder,
  listWatchedFolders,
  removeWatchedFolder,
  type WatchedFolder,
} from '../../../../main/contract/index.ts'
import { bridge } from '../../../shared/engine/bridge.ts'
import { engine } from '../../../shared/engine/client.ts'
import { queryClient, useEngine } from '../../../shared/engine/queries.ts'
import { toastDone, toastError } from '../../../shared/ui/toast.tsx'
import { folderName } from './folder-text.ts'

/** The folders whose videos are imported by themselves. */
export function useWatchedFolders() {
  return useEngine('watched', listWatchedFolders, {})
}

const again = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['watched'] })

/** Adding and removing folders; each says what it did, or why it could not. */
export function useFolderActions() {
  const add = useMutation({
    mutationFn: (path: string) => engine.run(addWatchedFolder, { path }),
    onSuccess: ({ path }) => toastDone(`Watching “${folderName(path)}”. Videos in it are imported.`),
    onError: (error) => toastError(`The folder was not added. ${error.message}`),
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: ({ folderId }: WatchedFolder) => engine.run(removeWatchedFolder, { folderId }),
    onSuccess: (_, { path }) =>
      toastDone(`No longer watching “${folderName(path)}”. Its videos stay.`, { run: () => add.mutate(path) }),
    onError: (error) => toastError(`The folder is still watched. ${error.message}`),
    onSettled: again,
  })
  const choose = (): void => {
    bridge.chooseFolder().then(
      (paths) => {
        for (const path of paths) add.mutate(path)
      },
      (error: unknown) => toastError(`The folder could not be chosen: ${String(error)}`),
    )
  }
  return { choose, remove: (folder: WatchedFolder) => remove.mutate(folder), busy: add.isPending }
}
