import { open, rm } from 'node:fs/promises'
import { EngineError } from '../../contract/errors.ts'
import {
  FrameTimes,
  fileUrl,
  inputArguments,
  isRefusal,
  isTooMuch,
  memoryForFile,
  optionValue,
  pictureStream,
  runFfmpeg,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { moveDurably } from '../../platform/files/index.ts'
import { scaleWithColours, tagsOf, videoTargetOf } from './colour-filters.ts'
import { type Colours, coloursOf } from './colours.ts'
import { inPercentSteps } from './percent-steps.ts'
import { readTracks } from './tracks.ts'

export interface PreviewCall {
  /** For progress; null when unknown. */
  durationSeconds: number | null
  /** Of one picture of the video; unknown is taken for many. */
  pixels?: number | null | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
}

/** The part of a video that is copied, seconds on its clock. */
export interface CopiedRange {
  startSeconds: number
  /** To the end of the video when it is null. */
  lengthSeconds: number | null
}

export interface AnnotationCall extends PreviewCall {
  range: CopiedRange
}

/** What is copied, and how. */
interface Copy {
  format: Format
  /** Filters after scaling; none when left out. */
  filter?: string
  range: CopiedRange
}

/** A format that Chromium plays: the encoders that it needs, and the output's arguments. */
interface Format {
  contentType: 'video/mp4' | 'video/webm'
  encoders: readonly [video: string, audio: string]
  arguments: readonly string[]
}

const MP4 = ['-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-f', 'mp4'] as const
/** Best first. */
const FORMATS: readonly Format[] = [
  {
    contentType: 'video/mp4',
    encoders: ['libx264', 'aac'],
    arguments: ['-preset', 'superfast', '-crf', '23', '-g', '50', ...MP4],
  },
  { contentType: 'video/mp4', encoders: ['libopenh264', 'aac'], arguments: ['-b:v', '4M', '-g', '50', ...MP4] },
  { contentType: 'video/mp4', encoders: ['h264_videotoolbox', 'aac'], arguments: ['-b:v', '4M', '-g', '50', ...MP4] },
  {
    contentType: 'video/webm',
    encoders: ['libvpx', 'libopus'],
    arguments: [
      ...['-b:v', '3M', '-deadline', 'realtime', '-cpu-used', '8', '-g', '50'],
      ...['-pix_fmt', 'yuv420p', '-f', 'webm'],
    ],
  },
]

const SQUARE = "scale=w='max(1,trunc(iw*max(sar,1)))':h='max(1,trunc(ih/min(sar,1)))',setsar=1"
/** Small enough to be encoded faster than it plays… */
const FIT = "w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease"
/** …and both sides even. */
const EVEN = "scale=w='2*ceil(iw/2)':h='2*ceil(ih/2)'"
const SILENCE_LIMIT_MS = 120_000
const WHOLE: CopiedRange = { startSeconds: 0, lengthSeconds: null }

/** Type of the copy that `makePreview` makes with these tools. */
export function previewContentType(tools: FfmpegTools): Format['contentType'] {
  return formatFor(tools).contentType
}

/**
 * Writes a copy of a video that the window can play, at `output` (temporary name first, then renamed).
 * It has the original's times: a time shows the same frame in both.
 * @throws EngineError `unavailable` without a suitable encoder, `media_failed`, `cancelled`.
 */
export async function makePreview(tools: FfmpegTools, path: string, output: string, call: PreviewCall): Promise<void> {
  const copy = { format: formatFor(tools), range: WHOLE }
  await write(tools, path, output, copy, call)
}

/**
 * Writes a copy as `makePreview` does, always an MP4, with a script of subtitles drawn over the upright frames. Time 0 of
 * the script is the start of the range.
 * @param script path of a file in the ASS format.
 * @throws EngineError `unavailable` without a suitable encoder or the filter that draws scripts, `media_failed`, `cancelled`.
 */
export async function makeAnnotatedCopy(
  tools: FfmpegTools,
  path: string,
  output: string,
  script: string,
  call: AnnotationCall,
): Promise<void> {
  const format = FORMATS.find(({ contentType, encoders }) => contentType === 'video/mp4' && hasAll(tools, encoders))
  if (!format || !tools.filters.has('ass')) {
    const lacking = format ? 'the filter that draws subtitles (libass)' : 'an H.264 encoder'
    throw new EngineError('unavailable', `This ffmpeg can make no annotated video: it lacks ${lacking}.`)
  }
  const filter = `ass=filename=${optionValue(script)}`
  await write(tools, path, output, { format, filter, range: call.range }, call)
}

/** The output appears complete or not at all. */
async function write(tools: FfmpegTools, path: string, output: string, copy: Copy, call: PreviewCall): Promise<void> {
  const temporary = `${output}.making`
  try {
    await encode(tools, path, temporary, copy, call)
    await sync(temporary)
    await moveDurably(temporary, output)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function hasAll(tools: FfmpegTools, encoders: readonly string[]): boolean {
  return encoders.every((encoder) => tools.encoders.has(encoder))
}

function formatFor(tools: FfmpegTools): Format {
  const format = FORMATS.find(({ encoders }) => hasAll(tools, encoders))
  if (format) return format
  throw new EngineError(
    'unavailable',
    'This ffmpeg can make no copy that plays here: it lacks an H.264 or VP8 encoder.',
  )
}

/** Sound that does not decode after all is left out: it never stops a copy. */
async function encode(tools: FfmpegTools, path: string, output: string, copy: Copy, call: PreviewCall): Promise<void> {
  const run = { signal: call.signal, memoryBytes: await memoryForFile(path, call.pixels ?? null) }
  const { video, audio } = await readTracks(tools, path, { ...run, timeLimitMs: SILENCE_LIMIT_MS })
  if (!video) throw new EngineError('media_failed', 'This file holds no video.')
  const sound = audio?.codec_name !== undefined && tools.decodes.has(audio.codec_name) ? [audio.index] : []
  const report = inPercentSteps(call.durationSeconds, call.onProgress)
  const watched = { ...run, silenceLimitMs: SILENCE_LIMIT_MS, guarded: true }
  const streams = [video.index, ...sound]
  const colours = coloursOf(video)
  const encodeStreams = (chosen: readonly number[]) =>
    runFfmpeg(tools, argumentsOf(tools, path, output, { ...copy, colours }, chosen), {
      ...watched,
      onStdout: new FrameTimes(report).add,
    })
  await encodeStreams(streams).catch(async (error: unknown) => {
    if (sound.length === 0 || !isRefusal(error) || isTooMuch(error)) throw error
    await encodeStreams([video.index])
  })
}

/** @param streams of the file, as ffmpeg counts: the picture, and the sound if there is any. */
function argumentsOf(
  tools: FfmpegTools,
  path: string,
  output: string,
  { format, filter, range, colours }: Copy & { colours: Colours },
  streams: readonly number[],
): string[] {
  const target = videoTargetOf(colours)
  const filters = [SQUARE, scaleWithColours(FIT, colours, target), EVEN, ...(filter === undefined ? [] : [filter])]
  const [video, audio] = format.encoders
  const seek = range.startSeconds > 0 ? ['-ss', range.startSeconds.toFixed(6)] : []
  const upTo = range.lengthSeconds === null ? [] : ['-t', range.lengthSeconds.toFixed(6)]
  return [
    ...inputArguments(path, [...seek, ...upTo]),
    ...streams.flatMap((stream) => ['-map', `0:${stream}`]),
    ...['-sn', '-dn', '-map_metadata', '-1', '-vf', filters.join(',')],
    // The frames of the original at their exact times: frame numbers are the same in both.
    ...[...tools.keepFrameTimes, '-enc_time_base:v', '-1'],
    ...[
      '-c:v',
      video,
      ...format.arguments,
      ...tagsOf(target),
      '-c:a',
      audio,
      '-b:a',
      '128k',
      '-ac',
      '2',
      fileUrl(output),
    ],
    ...packetList(streams[0]),
  ]
}

/**
 * A second output that lists the packets read so far. It gives the progress, and it ends ffmpeg when this process is
 * killed: writing into a closed pipe fails, whereas a file alone would be written to its end.
 */
function packetList(picture: number | undefined): string[] {
  return ['-map', pictureStream(picture), '-c', 'copy', '-flush_packets', '1', '-f', 'framecrc', 'pipe:1']
}
