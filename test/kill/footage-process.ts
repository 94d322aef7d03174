// A process that opens a library, does one thing with its footage and ends; it prints "done" when it came so far.
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { compose } from '../../main/compose.ts'
import {
  addImports,
  getMaintenance,
  listImports,
  type Operation,
  restoreQuarantined,
  startRebuild,
} from '../../main/contract/index.ts'

const [data = '', deed = '', file = ''] = process.argv.slice(2)
const engine = await compose({
  data,
  workersFolder: path.resolve('out/main'),
  version: '0.0.0-test',
  logToStderr: true,
  env: process.env,
})

function ask<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>) {
  return engine.operations.run(operation, input, {
    signal: new AbortController().signal,
    caller: engine.owner('command'),
  })
}

if (deed === 'rebuild') {
  await ask(startRebuild, {})
  while ((await ask(getMaintenance, {})).run !== null) await pause(20)
}
if (deed === 'restore') {
  for (const { id, restorable } of (await ask(getMaintenance, {})).quarantine) {
    if (restorable) await ask(restoreQuarantined, { id })
  }
}
if (deed === 'import') {
  await ask(addImports, { paths: [file] })
  while ((await ask(listImports, {})).imports.some(({ finishedAt }) => finishedAt === null)) await pause(20)
}
await engine.close()
console.log('done')
