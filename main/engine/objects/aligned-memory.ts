/** What a disk wants places in memory and in the file to be multiples of; some are content with less. */
export const ALIGNMENT = 4096

const WASM_PAGE_BYTES = 65_536

interface MemorySize {
  readonly initial: number
  readonly maximum: number
  readonly shared: boolean
}

/** The types of this are those of a browser, which the main side is compiled without. */
declare const WebAssembly: { Memory: new (size: MemorySize) => { readonly buffer: ArrayBufferLike } }

/**
 * Memory whose beginning is a multiple of `ALIGNMENT`: that of JavaScript lies anywhere, that of WebAssembly at a page of the
 * system. It takes room once it is touched.
 * @param sizeBytes a multiple of 64 KiB
 */
export function alignedMemory(sizeBytes: number): ArrayBuffer {
  return memory(sizeBytes, false) as ArrayBuffer
}

/** The same, to be seen by several threads. */
export function sharedMemory(sizeBytes: number): SharedArrayBuffer {
  return memory(sizeBytes, true) as SharedArrayBuffer
}

function memory(sizeBytes: number, shared: boolean): ArrayBufferLike {
  const pages = sizeBytes / WASM_PAGE_BYTES
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared }).buffer
}
