import { ffmpeg, FLOWER, FRIDAY } from '../fixtures/clips.ts'

/** Real shots with hard cuts between them: where each begins, in seconds. */
export const FILM_CUTS = [2, 4, 6]

const SHOTS = [
  { file: FRIDAY, from: 0.5 },
  { file: FLOWER, from: 0 },
  { file: FRIDAY, from: 3 },
  { file: FLOWER, from: 2.5 },
]

/** Cuts four shots of two seconds out of the real clips into one film that every window plays. */
export async function cutFilm(file: string): Promise<string> {
  const inputs = SHOTS.flatMap(({ file: clip, from }) => ['-ss', String(from), '-t', '2', '-i', clip])
  const fitted = SHOTS.map((_, index) => `[${index}:v]fps=25,scale=640:360,setsar=1,trim=end_frame=50[v${index}]`)
  const joined = `${SHOTS.map((_, index) => `[v${index}]`).join('')}concat=n=${SHOTS.length}[v]`
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart']
  await ffmpeg(...inputs, '-filter_complex', [...fitted, joined].join(';'), '-map', '[v]', ...encode, file)
  return file
}
