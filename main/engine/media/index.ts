export { pixelsOf } from './budget.ts'
export {
  CHARACTERS_PER_SPAN,
  micros,
  MOST_TIME_ERROR_SECONDS,
  seekTo,
  selectExpression,
  withinAny,
} from './frame-selection.ts'
export { JpegStream } from './jpeg-stream.ts'
export { readFrameIndex, type FrameIndexCall } from './frame-index.ts'
export { isPlayable } from './playable.ts'
export { makePictures, type Pictures } from './pictures.ts'
export { makeAnnotatedCopy, makePreview, previewContentType, type CopiedRange, type PreviewCall } from './preview.ts'
export { pictureOf, type PictureOutput, picturesWhileSearching } from './picture-output.ts'
export type { SceneRange } from './scene-frames.ts'
export { type DecodedPictures, makeScenePictures, type ScenePictures } from './scene-pictures.ts'
export { isWhole, probeVideo, type ProbedVideo, type ProbeCall } from './probe.ts'
export type { Sprite, SpriteCall } from './sprite.ts'
export { inPercentSteps } from './percent-steps.ts'
export { type Colours, readColours } from './colours.ts'
export { pictureFilter } from './picture-filter.ts'
export { makePoster } from './poster.ts'
