import type { Import, Video } from '../../../main/contract/index.ts'

/** An import that waits, unless told otherwise. */
export function anImport(differences: Partial<Import> = {}): Import {
  return {
    importId: 'b0a3f0b2-7c3f-4d55-9a53-0d3b4a7d2f01',
    filename: 'GX010416.MP4',
    folder: '/media/GOPRO',
    sizeBytes: 1_000_000,
    status: 'waiting',
    bytesStored: 0,
    totalParts: 0,
    partsStored: 0,
    partsInFlight: 0,
    bytesPerSecond: null,
    secondsLeft: null,
    mediaId: null,
    duplicateOf: null,
    bytesChecked: null,
    waitingFor: null,
    waitingMessage: null,
    errorCode: null,
    errorMessage: null,
    pickedUp: false,
    addedAt: '2026-04-12T08:14:00.000Z',
    finishedAt: null,
    ...differences,
  }
}

/** A video with nothing going on, unless told otherwise. */
export function aVideo(differences: Partial<Video> = {}): Video {
  return {
    videoId: '0f9c2f8e-5f44-4a73-9f68-1f0f1c3c6d02',
    title: 'East gate site walk',
    filename: 'east_gate.mp4',
    contentType: 'video/mp4',
    sizeBytes: 1_000_000,
    sha256: 'a'.repeat(64),
    tags: [],
    custom: {},
    metadata: {
      durationSeconds: 10,
      resolution: '1280x720',
      width: 1280,
      height: 720,
      frameRate: 25,
      videoCodec: 'h264',
      audioCodec: null,
      bitrateKbps: 800,
      fileSizeBytes: 1_000_000,
      formatName: 'mp4',
      rotation: 0,
      audioChannels: null,
      audioSampleRate: null,
      recordedAt: null,
    },
    ownerId: '9d0c5b1a-0d0e-4ac1-8a3e-5c8f7b6a1e03',
    createdAt: '2026-04-12T08:14:00.000Z',
    sceneCount: 0,
    thumbnailUrl: null,
    sprite: null,
    playableUrl: null,
    activities: [],
    ...differences,
  }
}
