export { DETECTOR_CLASSES } from './detector-classes.ts'
export type { Box, Corner, Detection, Models, Picture, PictureDecoder, TextLine } from './models.ts'
