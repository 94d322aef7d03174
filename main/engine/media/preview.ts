import { open, rm } from 'node:fs/promises'
import { EngineError } from '../../contract/errors.ts'
import {
  FrameTimes,
  fileUrl,
  inputArguments,
  memoryForFile,
  optionValue,
  runFfmpeg,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { moveDurably } from '../../platform/files/index.ts'
import { inSteps } from './steps.ts'

export interface PreviewCall {
  /** To tell progress by; null when unknown. */
  durationSeconds: number | null
  /** Of one picture of the video; unknown is taken for many. */
  pixels?: number | null | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
}

/** What of a video is copied, seconds on its clock. */
export interface Part {
  startSeconds: number
  /** To the end of the video when it is null. */
  lengthSeconds: number | null
}

export interface AnnotationCall extends PreviewCall {
  part: Part
}

/** How a copy is made of what. */
interface Copy {
  recipe: Recipe
  filter: string
  part: Part
}

/** What Chromium plays and ffmpeg can make, best first: needed encoders, and the output's arguments. */
interface Recipe {
  contentType: 'video/mp4' | 'video/webm'
  encoders: readonly [video: string, audio: string]
  arguments: readonly string[]
}

const MP4 = ['-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-f', 'mp4'] as const
const RECIPES: readonly Recipe[] = [
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
      '-b:v',
      '3M',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-g',
      '50',
      '-pix_fmt',
      'yuv420p',
      '-f',
      'webm',
    ],
  },
]

/** Large enough to judge footage by, small enough to be made faster than it plays; both sides even. */
const SCALE =
  "scale=w='max(1,trunc(iw*max(sar,1)))':h='max(1,trunc(ih/min(sar,1)))',setsar=1," +
  "scale=w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease,scale=w='2*ceil(iw/2)':h='2*ceil(ih/2)'"
const SILENCE_LIMIT_MS = 120_000
const WHOLE: Part = { startSeconds: 0, lengthSeconds: null }

/** Type of the copy that `makePreview` makes with these tools. */
export function previewContentType(tools: FfmpegTools): Recipe['contentType'] {
  return recipeFor(tools).contentType
}

/**
 * Writes a copy of a video that the window can play, at `output` (temporary name first, then renamed).
 * Its clock is the original's: a time in one is the same picture in the other.
 * @throws EngineError `unavailable` without a fit encoder, `media_failed`, `cancelled`.
 */
export async function makePreview(tools: FfmpegTools, path: string, output: string, call: PreviewCall): Promise<void> {
  const copy = { recipe: recipeFor(tools), filter: SCALE, part: WHOLE }
  await write(tools, path, output, copy, call)
}

/**
 * Writes a copy as `makePreview` does, always an MP4, with a script of subtitles drawn over the upright picture. What
 * the script calls 0 is the start of the part.
 * @param script path of a file in the ASS format.
 * @throws EngineError `unavailable` without a fit encoder or what draws scripts, `media_failed`, `cancelled`.
 */
export async function makeAnnotated(
  tools: FfmpegTools,
  path: string,
  output: string,
  script: string,
  call: AnnotationCall,
): Promise<void> {
  const recipe = RECIPES.find(({ contentType, encoders }) => contentType === 'video/mp4' && hasAll(tools, encoders))
  if (!recipe || !tools.filters.has('ass')) {
    const lacking = recipe ? 'the filter that draws subtitles (libass)' : 'an H.264 encoder'
    throw new EngineError('unavailable', `This ffmpeg can make no annotated video: it lacks ${lacking}.`)
  }
  const filter = `${SCALE},ass=filename=${optionValue(script)}`
  await write(tools, path, output, { recipe, filter, part: call.part }, call)
}

/** At its name there is nothing, or all of it. */
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

function recipeFor(tools: FfmpegTools): Recipe {
  const recipe = RECIPES.find(({ encoders }) => hasAll(tools, encoders))
  if (recipe) return recipe
  throw new EngineError(
    'unavailable',
    'This ffmpeg can make no copy that plays here: it lacks an H.264 or VP8 encoder.',
  )
}

async function encode(tools: FfmpegTools, path: string, output: string, copy: Copy, call: PreviewCall) {
  const { recipe, filter, part } = copy
  const [video, audio] = recipe.encoders
  const seek = part.startSeconds > 0 ? ['-ss', part.startSeconds.toFixed(6)] : []
  const upTo = part.lengthSeconds === null ? [] : ['-t', part.lengthSeconds.toFixed(6)]
  const args = [
    ...inputArguments(path, [...seek, ...upTo]),
    ...['-map', '0:V:0', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-vf', filter],
    // As many frames as the original, each at its own time, to the tick: frame numbers hold in both.
    ...[...tools.keepFrameTimes, '-enc_time_base:v', '-1'],
    ...['-c:v', video, ...recipe.arguments, '-c:a', audio, '-b:a', '128k', '-ac', '2', fileUrl(output)],
    ...lifeline(),
  ]
  const tell = inSteps(call.durationSeconds, call.onProgress)
  const run = {
    signal: call.signal,
    silenceLimitMs: SILENCE_LIMIT_MS,
    memoryBytes: await memoryForFile(path, call.pixels ?? null),
    onStdout: new FrameTimes(tell).add,
    guarded: true,
  }
  await runFfmpeg(tools, args, run)
}

/**
 * A second output that lists the packets read so far. It tells progress, and it is what ends ffmpeg when this process
 * is killed: writing into a pipe that nobody reads fails, whereas a file alone would be written to its end.
 */
function lifeline(): string[] {
  return ['-map', '0:V:0', '-c', 'copy', '-flush_packets', '1', '-f', 'framecrc', 'pipe:1']
}
