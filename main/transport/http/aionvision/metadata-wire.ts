import { z } from 'zod'
import { Instant, type VideoMetadata } from '../../../contract/index.ts'
import { snakeKeys } from '../fields.ts'

/** The seed's own example, and what is beside it here. */
export const METADATA = {
  ...{ duration_seconds: 120.5, resolution: '1920x1080', width: 1920, height: 1080, frame_rate: 30 },
  ...{ video_codec: 'h264', audio_codec: 'aac', bitrate_kbps: 34_807, file_size_bytes: 524_288_000 },
  ...{ format_name: 'mp4', rotation: 0, audio_channels: 2, audio_sample_rate: 48_000, recorded_at: null },
}

/** UP-82, and beside it what the container says of rotation, sound and recording time. */
export const MetadataBody = z
  .object({
    duration_seconds: z.number().nullable(),
    resolution: z.string().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    frame_rate: z.number().nullable(),
    video_codec: z.string().nullable(),
    audio_codec: z.string().nullable(),
    bitrate_kbps: z.int().nullable(),
    file_size_bytes: z.int().nullable(),
    format_name: z.string().nullable(),
    rotation: z.int(),
    audio_channels: z.int().nullable(),
    audio_sample_rate: z.int().nullable(),
    recorded_at: Instant.nullable(),
  })
  .meta({ id: 'VideoMetadata', examples: [METADATA] })

export function metadataToWire(metadata: VideoMetadata): z.output<typeof MetadataBody> {
  return MetadataBody.parse(snakeKeys(metadata))
}
