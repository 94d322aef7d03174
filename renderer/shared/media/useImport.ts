import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { addImports } from '../../../main/contract/index.ts'
import { bridge } from '../engine/bridge.ts'
import { engine } from '../engine/client.ts'
import { queryClient } from '../engine/queries.ts'
import { count } from '../format/size.ts'
import { toastDone, toastError } from '../ui/toast.tsx'
import { rejectionMessages } from './rejections.ts'

export interface Importing {
  /** Imports files and folders by their paths on this machine, and says what became of them. */
  readonly importPaths: (paths: readonly string[]) => void
  /** Lets a person choose files, then imports them. */
  readonly pickFiles: () => void
  /** Lets a person choose a folder, then imports what it holds. */
  readonly pickFolder: () => void
}

/** The ways footage gets in, each with its toasts. */
export function useImport(): Importing {
  const [location, navigate] = useLocation()
  const add = useMutation({
    mutationFn: (paths: readonly string[]) => engine.run(addImports, { paths: [...paths] }),
    onSuccess: ({ imports, refused, leftOut }) => {
      if (imports.length > 0) toastDone(`Added ${count(imports.length, 'video')}.`, wayToUploads())
      if (leftOut !== null) toastDone(leftOut)
      for (const message of rejectionMessages(refused)) toastError(message)
    },
    onError: (error) => toastError(`Nothing was added. ${error.message}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['imports'] }),
  })
  const wayToUploads = () =>
    location === '/uploads' ? undefined : { label: 'Show uploads', run: () => navigate('/uploads') }
  const importPaths = (paths: readonly string[]): void => {
    if (paths.length > 0) add.mutate(paths)
  }
  const choose = (chosen: Promise<string[]>): void => {
    chosen.then(importPaths, (error: unknown) => toastError(`The files could not be chosen: ${String(error)}`))
  }
  return {
    importPaths,
    pickFiles: () => choose(bridge.chooseFiles()),
    pickFolder: () => choose(bridge.chooseFolder()),
  }
}
