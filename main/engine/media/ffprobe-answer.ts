import { z } from 'zod'

const Tags = z.record(z.string(), z.string()).default({})
/** ffprobe prints most numbers as text, and "N/A" or nothing where it has none. */
const Numeric = z.coerce.number().optional().catch(undefined)
/** 0 stands for "unknown". */
const Count = z.coerce.number().int().positive().optional().catch(undefined)

const Flag = z.number().default(0)
/** Which of them a player takes, and which are only pictures of a film. */
const Disposition = z.object({ default: Flag, attached_pic: Flag, still_image: Flag, timed_thumbnails: Flag })

const Stream = z.object({
  /** As `-map` counts. */
  index: z.number().int().nonnegative(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  pix_fmt: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  color_range: z.string().optional(),
  width: Numeric,
  height: Numeric,
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  start_time: Numeric,
  duration: Numeric,
  nb_frames: Numeric,
  channels: Count,
  sample_rate: Count,
  disposition: Disposition.default({ default: 0, attached_pic: 0, still_image: 0, timed_thumbnails: 0 }),
  tags: Tags,
  side_data_list: z.array(z.object({ rotation: Numeric })).default([]),
})
export type Stream = z.infer<typeof Stream>

/** The parts of `ffprobe -show_format -show_streams` that are used. */
export const FfprobeAnswer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({
    format_name: z.string().default(''),
    start_time: Numeric,
    duration: Numeric,
    bit_rate: Numeric,
    size: Numeric,
    tags: Tags,
  }),
})
export type FfprobeAnswer = z.infer<typeof FfprobeAnswer>

/** `30000/1001` or `16:15` as a number; null for `0/0`, which stands for "unknown". */
export function ratio(text: string | undefined): number | null {
  const [over = NaN, under = NaN] = (text ?? '').split(/[/:]/).map(Number)
  const value = over / under
  return Number.isFinite(value) && value > 0 ? value : null
}
