// @ts-check
// The least a Node server can do with an uploaded part and still promise what an upload server promises: each body
// goes to its place in one file and is hashed and synced before the answer. `POST /SIZE` begins a file, `PUT /OFFSET`
// stores a part.
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import http from 'node:http'

const file = process.argv[2]
if (!file) throw new Error('usage: node bare-server.mjs FILE')

/** @type {fs.FileHandle | undefined} */
let handle

/** @param {number} sizeBytes */
async function begin(sizeBytes) {
  await handle?.close()
  await fs.rm(String(file), { force: true })
  handle = await fs.open(String(file), 'w')
  await handle.truncate(sizeBytes)
  await handle.sync()
}

/**
 * @param {fs.FileHandle} into
 * @param {AsyncIterable<Buffer>} body
 * @param {number} offset
 */
async function store(into, body, offset) {
  const md5 = createHash('md5')
  let at = offset
  for await (const bytes of body) {
    md5.update(bytes)
    await into.write(bytes, 0, bytes.length, at)
    at += bytes.length
  }
  await into.datasync()
  return md5.digest('hex')
}

const server = http.createServer((request, response) => {
  const number = Number(request.url?.slice(1))
  const work = request.method === 'POST' || !handle ? begin(number) : store(handle, request, number)
  work.then(
    (etag) => {
      if (etag) response.setHeader('ETag', `"${etag}"`)
      response.end()
    },
    (/** @type {unknown} */ error) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : null
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${String(port)}` })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
