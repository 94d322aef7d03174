// What a whole import is made of, for the benchmark: bundled into one file, without the library around it.
export {
  makePoster,
  makeScenePictures,
  pictureFilter,
  pictureOf,
  picturesWhileSearching,
  probeVideo,
  readColours,
  readFrameIndex,
} from '../../main/engine/media/index.ts'
export { detectScenes } from '../../main/engine/scenes/detection.ts'
export { withStableRanges } from '../../main/engine/analysis/stable-ranges.ts'
