import AwsS3 from '@uppy/aws-s3'
import Uppy from '@uppy/core'

// The script of a page of another site: it knows the published API, a key, and nothing else of Fieldreel.

interface Plan {
  readonly media_id: string
  readonly upload_id: string
  readonly chunk_size_bytes: number
  readonly chunks: ReadonlyArray<{ chunk_number: number; size_bytes: number; upload_url: string }>
}

export interface Uploaded {
  readonly media_id: string
  readonly video_url: string
  /** Chunks that were sent. */
  readonly parts: number
}

declare global {
  interface Window {
    uploadFilm: (root: string, key: string) => Promise<Uploaded>
    askApi: typeof askApi
  }
}

async function askApi<T>(url: string, key: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'X-API-Key': key, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Uploads the film beside this page with Uppy's AwsS3 plugin, over four published routes. */
async function uploadFilm(root: string, key: string): Promise<Uploaded> {
  const film = await (await fetch('/film.mp4')).blob()
  const send = <T>(path: string, body: unknown) => askApi<T>(`${root}/api/v2/video-uploads/${path}`, key, body)
  const about = { filename: 'film.mp4', content_type: 'video/mp4', size_bytes: film.size }
  const plan = await send<Plan>('initiate', about)
  const { media_id, upload_id } = plan
  const sizeOf = (number: number) => plan.chunks.find(({ chunk_number }) => chunk_number === number)?.size_bytes
  let uploaded: Uploaded | null = null
  const uppy = new Uppy().use(AwsS3, {
    shouldUseMultipart: true,
    getChunkSize: () => plan.chunk_size_bytes,
    createMultipartUpload: () => Promise.resolve({ uploadId: upload_id, key: media_id }),
    signPart: (_file, { partNumber }) => Promise.resolve({ url: plan.chunks[partNumber - 1]?.upload_url ?? '' }),
    listParts: () => Promise.resolve([]),
    abortMultipartUpload: () => send('abort', { media_id, upload_id }),
    completeMultipartUpload: async (_file, { parts }) => {
      for (const { PartNumber: chunk_number = 0, ETag: etag } of parts) {
        await send('chunks/confirm', { media_id, upload_id, chunk_number, etag, size_bytes: sizeOf(chunk_number) })
      }
      const { video_url } = await send<{ video_url: string }>('complete', { media_id, upload_id, auto_analyze: false })
      uploaded = { media_id, video_url, parts: parts.length }
      return { location: video_url }
    },
  })
  uppy.addFile({ name: about.filename, type: about.content_type, data: film })
  const result = await uppy.upload()
  const [failed] = result?.failed ?? []
  if (failed) throw new Error(failed.error ?? 'The upload failed.')
  if (!uploaded) throw new Error('The upload was not completed.')
  return uploaded
}

window.uploadFilm = uploadFilm
window.askApi = askApi
