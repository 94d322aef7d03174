// Stands in a fallback Electron for the program that starts the app named on the command line. It does what Electron's
// own one documents: `electron [-r module] [--version] path-to-app`, package.json deciding name, version and main file.
import { app } from 'electron/main'
import fs from 'node:fs'
import { Module } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

function parse(args) {
  const wanted = { modules: [], folder: null, version: false }
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-r' || args[i] === '--require') wanted.modules.push(args[++i])
    else if (args[i] === '-v' || args[i] === '--version') wanted.version = true
    else if (!args[i].startsWith('-')) return { ...wanted, folder: path.resolve(args[i]) }
  }
  return wanted
}

function describe(folder) {
  const file = path.join(folder, 'package.json')
  if (!fs.existsSync(file)) return app.setAppPath(path.dirname(folder))
  const { name, productName, version } = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (version) app.setVersion(version)
  if (productName ?? name) app.name = productName ?? name
  app.setDesktopName(`${app.name}.desktop`)
  app.setAppPath(folder)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

const { modules, folder, version } = parse(process.argv.slice(1))
if (version) {
  console.log(`v${process.versions.electron}`)
  process.exit(0)
}
if (modules.length > 0) Module._preloadModules(modules)
if (!folder) fail('usage: electron [options] path-to-app')

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
describe(folder)
// as `node path-to-app` finds its main file
await import(pathToFileURL(Module._resolveFilename(folder, null, true)).href).catch((error) => {
  fail(`The app could not be started.\n${error.stack ?? error}`)
})
