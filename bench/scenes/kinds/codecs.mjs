// @ts-check
// How films are written.

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ name: string, encoder: string, ending: string, args: readonly string[], rates?: readonly number[] }} Codec */

/**
 * As phones, cameras and editors write: H.264 with B frames.
 * @param {Random} random
 * @param {{ quality?: number }} [options] constant rate factor
 * @returns {Codec}
 */
export function usualCodec(random, { quality = random.whole(19, 27) } = {}) {
  const group = random.pick([50, 120, 250])
  const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(quality), '-g', String(group)]
  return {
    name: 'h264',
    encoder: 'libx264',
    ending: random.pick(['mp4', 'mp4', 'mov', 'mkv']),
    args: [...x264, '-pix_fmt', 'yuv420p', '-threads', '2'],
  }
}

/** @param {string} encoder @param {string} ending @param {string} args @param {readonly number[]} [rates] @returns {Codec} */
const codec = (encoder, ending, args, rates) => ({
  name: encoder,
  encoder,
  ending,
  args: ['-c:v', encoder, ...args.split(' ')],
  ...(rates && { rates }),
})

const PLAIN = '-pix_fmt yuv420p'
/** @type {Record<'hevc' | 'web' | 'old' | 'whole', readonly Codec[]>} */
export const CODECS = {
  hevc: [codec('libx265', 'mp4', `${PLAIN} -preset ultrafast -crf 26 -x265-params log-level=none:pools=none`)],
  web: [
    codec('libvpx', 'webm', `${PLAIN} -deadline realtime -cpu-used 8 -b:v 900k`),
    codec('libvpx-vp9', 'webm', `${PLAIN} -deadline realtime -cpu-used 8 -b:v 800k -row-mt 1`),
    codec('libsvtav1', 'mp4', `${PLAIN} -preset 12 -crf 38`),
  ],
  old: [
    codec('mpeg4', 'avi', `${PLAIN} -q:v 4`),
    codec('mpeg2video', 'ts', `${PLAIN} -q:v 4 -bf 2`, [24, 25, 30, 50, 60]),
    codec('mpeg1video', 'mpg', `${PLAIN} -q:v 4 -bf 2`, [24, 25, 30, 50, 60]),
    codec('wmv2', 'wmv', `${PLAIN} -q:v 4`),
    codec('msmpeg4', 'avi', `${PLAIN} -q:v 4`),
    codec('flv', 'flv', `${PLAIN} -q:v 4`),
    codec('libtheora', 'ogv', `${PLAIN} -q:v 7`),
  ],
  whole: [
    codec('mjpeg', 'mov', '-pix_fmt yuvj420p -q:v 4'),
    codec('prores_ks', 'mov', '-pix_fmt yuv422p10le -profile:v 0'),
    codec('dnxhd', 'mov', '-pix_fmt yuv422p -profile:v dnxhr_lb'),
    codec('ffv1', 'mkv', PLAIN),
    codec('huffyuv', 'avi', '-pix_fmt yuv422p'),
  ],
}

/** Smaller pictures are not allowed. */
const LEAST_WIDTH_OF_DNXHR = 256

/**
 * @param {Random} random
 * @param {keyof typeof CODECS} family
 * @param {{ width: number }} size of the film
 */
export function codecOf(random, family, { width }) {
  return random.pick(CODECS[family].filter(({ name }) => name !== 'dnxhd' || width >= LEAST_WIDTH_OF_DNXHR))
}
