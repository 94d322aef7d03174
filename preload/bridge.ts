/** All that the page can reach outside itself; everything else goes over the engine's port. */
export interface Bridge {
  readonly platform: NodePlatform
  /** Asks for a port to the engine; it comes as a window message of type `PORT_MESSAGE`. */
  connect(): void
  /** Where a dropped file lies: its bytes never pass through the page. Empty for what is no file on disk. */
  pathOf(file: File): string
  /** Lets a person choose; empty when they do not. */
  chooseFiles(): Promise<string[]>
  chooseFolder(): Promise<string[]>
  /** Hands a file of the media protocol to the person; where it goes is theirs to say. */
  saveMedia(path: string): Promise<void>
  /** Shows a page of this machine's own server in the person's browser. @throws for any other address. */
  openInBrowser(url: string): Promise<void>
  readonly window: {
    readonly minimize: () => void
    readonly toggleMaximize: () => void
    readonly close: () => void
  }
}

export type NodePlatform = 'darwin' | 'linux' | 'win32'

/** `data` of the window message that carries the engine's port. */
export const PORT_MESSAGE = 'fieldreel:port'
