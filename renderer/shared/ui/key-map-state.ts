import { create } from 'zustand'

/** Whether the key map is open: the `?` key and the palette both open it. */
export const useKeyMap = create<{ opened: boolean }>(() => ({ opened: false }))

export const openKeyMap = (): void => useKeyMap.setState({ opened: true })
export const closeKeyMap = (): void => useKeyMap.setState({ opened: false })
