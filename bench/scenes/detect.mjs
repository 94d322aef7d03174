// @ts-check
// Finds the scenes of one video in a process of its own, so that it can be measured: no more is loaded here than the
// engine's detection. Reads what to do from standard input, prints the scenes and all candidates as JSON.
import { text } from 'node:stream/consumers'
import v8 from 'node:v8'

/** @type {{ module: string, video: import('../../main/engine/scenes/boundaries.ts').BoundarySearch, workersFolder: string }} */
const { module, video, workersFolder } = v8.deserialize(Buffer.from(await text(process.stdin), 'base64'))
const { detectScenes } = /** @type {typeof import('../../main/engine/scenes/detection.ts')} */ (await import(module))
const { scenes, candidates } = await detectScenes(video, { workersFolder })
process.stdout.write(JSON.stringify({ scenes, candidates }))
