import path from 'node:path'
import { defineCapability } from '../capability.ts'
import { ModelClient } from './client.ts'
import { modelsBeside } from './folder.ts'

export const modelsModule = defineCapability({
  name: 'models',
  create: ({ startProcess, workersFolder }) => {
    const models = new ModelClient({
      start: startProcess,
      entryFile: path.join(workersFolder, 'inference.js'),
      modelsFolder: modelsBeside(workersFolder),
    })
    return { models, close: () => models.close() }
  },
})
