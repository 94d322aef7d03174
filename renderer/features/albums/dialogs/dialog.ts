import { create } from 'zustand'

type Dialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit'; readonly albumId: string }
  | { readonly kind: 'share'; readonly albumId: string }

/** Which dialog about albums is open. */
export const useDialog = create<{ readonly open: Dialog | null }>()(() => ({ open: null }))

export function newAlbum(): void {
  useDialog.setState({ open: { kind: 'new' } })
}

export function editAlbum({ albumId }: { readonly albumId: string }): void {
  useDialog.setState({ open: { kind: 'edit', albumId } })
}

export function shareAlbum({ albumId }: { readonly albumId: string }): void {
  useDialog.setState({ open: { kind: 'share', albumId } })
}

export function closeDialog(): void {
  useDialog.setState({ open: null })
}
