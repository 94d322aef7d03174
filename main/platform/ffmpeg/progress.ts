import { LineReader } from './line-reader.ts'

/** Reads ffmpeg's `-progress` blocks and returns how many seconds of output are made. */
export function progressReader(onProgress: (seconds: number) => void): (chunk: Buffer) => void {
  const lines = new LineReader((line) => {
    // `out_time_ms` holds microseconds in every release; `out_time_us` is missing in old ones. "N/A" before the first.
    const microseconds = /^out_time_ms=(\d+)$/.exec(line)?.[1]
    if (microseconds !== undefined) onProgress(Number(microseconds) / 1e6)
  })
  return (chunk) => lines.add(chunk)
}
