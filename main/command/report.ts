import { printable, printableJson } from '../base/printable.ts'
import { metadataToWire } from '../transport/http/index.ts'
import type { Ingested } from './ingestion.ts'

/** One line of JSON a file, in the spelling of the published VideoMetadata; printed on a terminal it does no harm. */
export function toJsonLine({ file, video, scenes, seconds, error }: Ingested): string {
  const line = JSON.stringify({
    file,
    media_id: video?.videoId ?? null,
    sha256: video?.sha256 ?? null,
    metadata: video ? metadataToWire(video.metadata) : null,
    scenes: scenes.map((scene) => ({
      scene_index: scene.sceneIndex,
      start_time: scene.startTime,
      end_time: scene.endTime,
      confidence_score: scene.confidenceScore,
    })),
    seconds,
    error,
  })
  return printableJson(line)
}

/** The scenes of a file as a table for a person. */
export function toTable({ file, video, scenes, error }: Ingested): string {
  if (!video || error) return `${printable(file)}\n  ${printable(error?.message ?? 'Not imported.')}\n`
  const { resolution, frameRate, videoCodec, durationSeconds } = video.metadata
  const facts = [
    resolution,
    frameRate && `${frameRate} fps`,
    videoCodec,
    durationSeconds !== null && timecode(durationSeconds),
  ]
  const rows = scenes.map(({ sceneIndex, startTime, endTime, transition, confidenceScore }) =>
    [
      String(sceneIndex + 1).padStart(5),
      timecode(startTime),
      timecode(endTime),
      `${(endTime - startTime).toFixed(2).padStart(8)} s`,
      transition.padEnd(10),
      confidenceScore === null ? '' : `${Math.round(confidenceScore * 100)}%`.padStart(4),
    ].join('  '),
  )
  const head = `scene  ${'start'.padEnd(12)}  ${'end'.padEnd(12)}  ${'length'.padStart(10)}  transition  sure`
  return [
    `${printable(file)}  (${printable(facts.filter(Boolean).join(', '))}, id ${video.videoId})`,
    head,
    ...rows,
    '',
  ].join('\n')
}

/** `H:MM:SS.mmm` */
function timecode(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${Math.floor(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}
