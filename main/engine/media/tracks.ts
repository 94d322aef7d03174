import { type FfprobeRun, type FfmpegTools, listWithFfprobe, runFfprobe } from '../../platform/ffmpeg/index.ts'
import { assertFewStreams } from './budget.ts'
import { FfprobeAnswer, type Stream } from './ffprobe-answer.ts'

/** What a file holds, and which of it a player takes (UP-93). */
export interface Tracks {
  readonly answer: FfprobeAnswer
  /** Null when there is no picture, or a cover only. */
  readonly video: Stream | null
  /** Null when there is no sound. One that cannot be decoded is chosen only where there is no other. */
  readonly audio: Stream | null
}

/** How much of a file is read to see which of several pictures are a single one, seconds. */
const LOOKED_AT_SECONDS = 5

/**
 * Asks ffprobe for the streams of a file and chooses among them: everything that reads a film uses this choice.
 * @throws EngineError as `runFfprobe` does; `invalid_video` for more streams than are read.
 */
export async function readTracks(tools: FfmpegTools, path: string, run: FfprobeRun): Promise<Tracks> {
  const answer = FfprobeAnswer.parse(await runFfprobe(tools, path, ['-show_format', '-show_streams'], run))
  assertFewStreams(answer)
  const { streams } = answer
  const films = decodedFirst(streams.filter(isFilm), tools)
  const moving = films.length < 2 ? films : await withoutSinglePictures(tools, path, films, run)
  const sounds = streams.filter(({ codec_type: type }) => type === 'audio')
  return { answer, video: defaultOf(moving), audio: defaultOf(decodedFirst(sounds, tools)) }
}

/** A cover of a song and the thumbnails of a film are video streams, too. */
function isFilm({ codec_type: type, disposition }: Stream): boolean {
  return type === 'video' && !disposition.attached_pic && !disposition.still_image && !disposition.timed_thumbnails
}

/** Those that can be decoded; all of them when none can. */
function decodedFirst(streams: readonly Stream[], { decodes }: FfmpegTools): readonly Stream[] {
  const decoded = streams.filter(({ codec_name: name }) => name !== undefined && decodes.has(name))
  return decoded.length > 0 ? decoded : streams
}

/** In MP4 and MOV a track that is not enabled is none to show by default. */
function defaultOf(streams: readonly Stream[]): Stream | null {
  return streams.find(({ disposition }) => disposition.default) ?? streams[0] ?? null
}

/** Covers and previews that nothing marks as such: streams of one picture beside others of many. */
async function withoutSinglePictures(
  tools: FfmpegTools,
  path: string,
  films: readonly Stream[],
  run: FfprobeRun,
): Promise<readonly Stream[]> {
  const counts = new Map(films.map(({ index, nb_frames: frames }) => [index, frames ?? 0]))
  if ([...counts.values()].some((count) => count === 0)) {
    const onLine = (line: string): void => {
      const index = Number(/^packet\|stream_index=(\d+)/.exec(line)?.[1] ?? NaN)
      const count = counts.get(index)
      if (count !== undefined) counts.set(index, count + 1)
    }
    const part = ['-read_intervals', `%+${LOOKED_AT_SECONDS}`, '-show_entries', 'packet=stream_index']
    await listWithFfprobe(tools, path, part, { ...run, onLine })
  }
  const moving = films.filter(({ index }) => (counts.get(index) ?? 0) > 1)
  return moving.length > 0 ? moving : films
}
