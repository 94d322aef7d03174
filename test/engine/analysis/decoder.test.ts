import { chmod, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addImports, latestAnalysisJob, listScenes, listVideos, retryJob } from '../../../main/contract/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { drawShots } from '../../support/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

it('an analysis whose decoder fails says its last words, and succeeds when it is tried again', async () => {
  const folder = await temporaryFolder()
  const trouble = path.join(folder, 'trouble')
  const standIn = path.join(folder, 'ffmpeg')
  const { ffmpeg } = await resolveFfmpeg()
  // The real one, but for reading raw frames while there is trouble.
  const refusal = `case "$*" in *rawvideo*) if [ -e '${trouble}' ]; then echo 'Disk on fire' >&2; exit 1; fi;; esac`
  await writeFile(standIn, `#!/bin/sh\n${refusal}\nexec '${ffmpeg}' "$@"\n`)
  await chmod(standIn, 0o755)
  await writeFile(trouble, '')
  const film = await drawShots(path.join(folder, 'film.mp4'), { shots: 3, secondsEach: 1 })
  const engine = await openEngine(path.join(folder, 'data'), { ...process.env, FFMPEG_BIN: standIn })
  await ask(engine, addImports, { paths: [film] })
  const mediaId = await until('the video', async () => (await ask(engine, listVideos, {})).videos[0]?.videoId)
  const job = () => ask(engine, latestAnalysisJob, { mediaId })
  const failed = await until('the failure', async () => {
    const now = await job()
    return now.status === 'failed' && now
  })
  expect(failed.errorMessage).toContain('Disk on fire')
  expect((await ask(engine, listScenes, { videoId: mediaId })).scenes).toEqual([])

  await rm(trouble)
  await ask(engine, retryJob, { jobId: failed.jobId })
  await until('the analysis', async () => (await job()).status === 'completed')
  const { scenes } = await ask(engine, listScenes, { videoId: mediaId })
  expect(scenes.map(({ startTime }) => startTime)).toEqual([0, 1, 2])
})
