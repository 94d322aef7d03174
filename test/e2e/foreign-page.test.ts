import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PART_BYTES } from '../../main/contract/index.ts'
import { openBrowser } from '../support/browser.ts'
import { openEngine } from '../support/engine.ts'
import { serveForeignPage } from '../support/foreign-page/server.ts'
import { padFilm } from '../support/padded-film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// ID-61 to ID-63 with a real browser on a page of another origin, and clients that nobody here wrote.

const KEY = 'key_of_the_foreign_page_tests_42'

it(
  'a page of another origin uploads three chunks with Uppy, shows the video and its picture, and follows a task',
  { timeout: 150_000 },
  async () => {
    const folder = await temporaryFolder()
    const origin = await serveForeignPage(await padFilm(path.join(folder, 'film.mp4'), 2 * PART_BYTES + 1_000_000))
    const env = { ...process.env, FIELDREEL_API_KEY: KEY, FIELDREEL_ALLOWED_ORIGINS: origin }
    const engine = await openEngine(path.join(folder, 'data'), env)
    const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
    onTestFinished(() => server.close())
    const root = server.url
    const { page, complaints } = await openBrowser()
    page.setDefaultTimeout(60_000)
    await page.goto(origin)
    await page.waitForFunction(() => 'uploadFilm' in window)

    const uploaded = await page.evaluate(([at, key]) => window.uploadFilm(at, key), [root, KEY] as const)
    expect(uploaded.parts).toBe(3)

    // The signed URLs of v1 and v2, without a key, in elements and to a script.
    const found = await page.evaluate(
      async ([url, key]) => {
        for (;;) {
          const video = await window.askApi<{ video_url: string; thumbnail_url: string | null }>(url, key)
          if (video.thumbnail_url !== null) return { video: video.video_url, picture: video.thumbnail_url }
          await new Promise((next) => setTimeout(next, 200))
        }
      },
      [`${root}/api/v1/videos/${uploaded.media_id}`, KEY] as const,
    )
    for (const url of [uploaded.video_url, found.video]) {
      const played = await page.evaluate(async (src) => {
        const video = document.createElement('video')
        Object.assign(video, { src, muted: true, crossOrigin: 'anonymous' })
        document.body.append(video)
        await video.play()
        await new Promise<void>((next) => {
          const look = () => (video.currentTime > 0.2 ? next() : requestAnimationFrame(look))
          look()
        })
        const canvas = document.createElement('canvas')
        canvas.getContext('2d')?.drawImage(video, 0, 0)
        // Throws where the video may only be shown.
        return canvas.toDataURL().length > 0 && video.videoWidth
      }, url)
      expect(played).toBeGreaterThan(0)
    }
    const width = await page.evaluate(async (src) => {
      const image = document.createElement('img')
      image.src = src
      document.body.append(image)
      await image.decode()
      return image.naturalWidth
    }, found.picture)
    expect(width).toBeGreaterThan(0)
    const range = await page.evaluate(async (url) => {
      const { status, headers } = await fetch(url, { headers: { Range: 'bytes=0-9' } })
      return [status, headers.get('content-range')?.split('/')[0], headers.get('etag') !== null]
    }, found.video)
    expect(range).toEqual([206, 'bytes 0-9', true])

    const events = await page.evaluate(
      async ([at, key, media]) => {
        const input = [{ type: 'video_url', url: `store://${media}`, max_frames: 2 }]
        const task = { input, steps: [{ model: 'detect' }] }
        const { stream_url_signed } = await window.askApi<{ stream_url_signed: string }>(
          `${at}/v1/video/process`,
          key,
          task,
        )
        return await new Promise<string[]>((resolve, reject) => {
          const source = new EventSource(stream_url_signed)
          const got: string[] = []
          source.onmessage = ({ data }: MessageEvent<string>) => {
            got.push(data)
            if (data !== '[DONE]') return
            source.close()
            resolve(got)
          }
          source.onerror = () => reject(new Error('The stream broke off.'))
        })
      },
      [root, KEY, uploaded.media_id] as const,
    )
    expect(events.length).toBeGreaterThanOrEqual(2)
    expect(events.at(-1)).toBe('[DONE]')
    expect(JSON.parse(events.at(-2) ?? '')).toMatchObject({ object: 'mm.pipeline.chunk' })
    expect(complaints).toEqual([])
  },
)
