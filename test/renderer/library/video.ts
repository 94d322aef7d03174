import type { Video, VideoActivity } from '../../../main/contract/index.ts'

/** A quiet video of one minute; `change` says what is special about it. */
export function video(name: string, change: Partial<Video> = {}): Video {
  return {
    videoId: name,
    title: name,
    filename: `${name}.mp4`,
    contentType: 'video/mp4',
    sizeBytes: 1000,
    sha256: '0'.repeat(64),
    tags: [],
    custom: {},
    metadata: {
      durationSeconds: 60,
      resolution: '1280x720',
      width: 1280,
      height: 720,
      frameRate: 25,
      videoCodec: 'h264',
      audioCodec: 'aac',
      bitrateKbps: 8200,
      fileSizeBytes: 1000,
      formatName: 'mp4',
      rotation: 0,
      audioChannels: 2,
      audioSampleRate: 48_000,
      recordedAt: null,
    },
    ownerId: 'owner',
    createdAt: new Date(2026, 3, 12, 9).toISOString(),
    sceneCount: 3,
    thumbnailUrl: null,
    sprite: null,
    playableUrl: null,
    activities: [],
    ...change,
  }
}

export function activity(change: Partial<VideoActivity>): VideoActivity {
  return {
    kind: 'analysis',
    jobId: 'job',
    status: 'processing',
    progressPercent: 0,
    step: null,
    secondsLeft: null,
    errorMessage: null,
    ...change,
  }
}
