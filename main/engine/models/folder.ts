import path from 'node:path'

/** Where the models are, seen from `out/main`. The runtime opens the files itself, and knows no archive: packaging leaves them beside it. */
export function modelsBeside(workersFolder: string): string {
  const folder = path.resolve(workersFolder, '..', '..', 'resources', 'models')
  return folder.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2')
}
