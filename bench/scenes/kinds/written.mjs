// @ts-check
// How a film was written: codecs of all families.
import { codecOf } from './codecs.mjs'
import { assemble, kind } from './plans.mjs'

/** @typedef {keyof typeof import('./codecs.mjs').CODECS} Family */

/** @param {string} name @param {Family} family */
const written = (name, family) =>
  kind(name, (studio) => {
    const codec = codecOf(studio.random.fork('codec'), family, studio.size)
    return assemble(studio, { codec, rate: studio.random.pick(codec.rates ?? [24, 25, 30]) })
  })

export const WRITTEN = [
  written('codec: HEVC', 'hevc'),
  written('codec: VP8, VP9, AV1', 'web'),
  written('codec: MPEG-1 to 4, WMV, Theora', 'old'),
  written('codec: MJPEG, ProRes, DNxHR and lossless', 'whole'),
]
