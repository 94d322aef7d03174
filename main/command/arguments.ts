import path from 'node:path'
import { parseArgs } from 'node:util'
import envPaths from 'env-paths'
import type { z } from 'zod'
import { printable } from '../base/printable.ts'
import { SceneSettings } from '../contract/index.ts'
import { isLoopback } from '../base/ip-address.ts'

/** What every command takes. */
export interface CommonArguments {
  readonly data: string
  readonly files: string[]
}

/** Invalid arguments; `message` ends with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `--help`: `message` is the help. No failure. */
export class HelpRequested extends Error {
  override readonly name = 'HelpRequested'
}

/** The library folder: `--data`, else FIELDREEL_DATA, else the platform's place for application data. */
export function dataFolderFrom(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const chosen = given ?? env['FIELDREEL_DATA']
  return chosen ? path.resolve(chosen) : envPaths('Fieldreel', { suffix: '' }).data
}

const SERVE_USAGE = 'Usage: npm run serve -- [--data DIR] [--port N] [--host H] [--no-tls]'
const SERVE_HELP = `${SERVE_USAGE}

Runs the engine and its server without a window. Standard output holds one line of JSON with its address.

  --data DIR  the library (FIELDREEL_DATA, else the usual folder for application data)
  --port N    8787; 0 takes any free port
  --host H    127.0.0.1, this machine only. Any other host lets others of the network in, over TLS with a certificate
              of the library's own; the JSON line names its SHA-256 fingerprint, to compare at the first visit
  --no-tls    plain HTTP on such a host: keys and footage can be read on the way. For a machine whose own proxy or
              tunnel does the encryption
`
const INGEST_USAGE =
  'Usage: npm run ingest -- FILE… [--data DIR] [--json] [--sensitivity N] [--min-scene SECONDS] [--split-long-scenes]'
const INGEST_HELP = `${INGEST_USAGE}

Imports files, finds their scenes and prints them; exit status 1 if any file failed.

  --data DIR           the library (FIELDREEL_DATA, else the usual folder for application data)
  --json               one line of JSON a file in place of a table
  --sensitivity N      0 to 1: a higher value finds more scenes
  --min-scene SECONDS  the shortest scene
  --split-long-scenes  splits scenes longer than a minute where the picture changes slowly

Defaults are the library's settings (0.5, 0.2 s and no splitting, until changed in Settings). For a file that is already
in the library, scenes are made again from the stored cuts.
`

export interface ServeArguments {
  readonly data: string
  readonly host: string
  readonly port: number
  /** For hosts other than this machine, unless `--no-tls`. */
  readonly tls: boolean
}

/** @throws UsageError; HelpRequested. */
export function parseServe(args: readonly string[], env: NodeJS.ProcessEnv): ServeArguments {
  const values = parse(args, SERVE_USAGE, false, {
    data: { type: 'string' },
    port: { type: 'string', default: '8787' },
    host: { type: 'string', default: '127.0.0.1' },
    'no-tls': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  }).values
  if (values['help'] === true) throw new HelpRequested(SERVE_HELP)
  const port = Number(values['port'])
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535.\n${SERVE_USAGE}`)
  }
  const host = text(values['host']) ?? '127.0.0.1'
  const tls = !isLoopback(host) && values['no-tls'] !== true
  return { data: dataFolderFrom(text(values['data']), env), host, port, tls }
}

export interface IngestArguments extends CommonArguments {
  readonly json: boolean
  /** The scene settings that were given; the others are the library's. */
  readonly cut: Partial<SceneSettings>
}

/** @throws UsageError; HelpRequested. */
export function parseIngest(args: readonly string[], env: NodeJS.ProcessEnv): IngestArguments {
  const { values, positionals } = parse(args, INGEST_USAGE, true, {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    sensitivity: { type: 'string' },
    'min-scene': { type: 'string' },
    'split-long-scenes': { type: 'boolean' },
    help: { type: 'boolean', default: false },
  })
  if (values['help'] === true) throw new HelpRequested(INGEST_HELP)
  if (positionals.length === 0) throw new UsageError(`Name at least one file.\n${INGEST_USAGE}`)
  const cut = cutOf(values)
  return { data: dataFolderFrom(text(values['data']), env), json: values['json'] === true, cut, files: positionals }
}

/** @throws UsageError. */
function cutOf(values: Parsed['values']): Partial<SceneSettings> {
  const { shape } = SceneSettings
  const sensitivity = numberIn(shape.sensitivity, values['sensitivity'], '--sensitivity takes a number from 0 to 1.')
  const least = numberIn(shape.minimumSceneSeconds, values['min-scene'], '--min-scene takes seconds from 0 to 600.')
  return {
    ...(sensitivity !== undefined && { sensitivity }),
    ...(least !== undefined && { minimumSceneSeconds: least }),
    ...(values['split-long-scenes'] === true && { splitLongScenes: true }),
  }
}

function numberIn(schema: z.ZodType<number>, given: unknown, problem: string): number | undefined {
  const said = text(given)
  if (said === undefined) return undefined
  const parsed = schema.safeParse(said.trim() === '' ? NaN : Number(said))
  if (!parsed.success) throw new UsageError(`${problem}\n${INGEST_USAGE}`)
  return parsed.data
}

/**
 * The window's arguments, out of the whole command line: `electron [switches] APP [FILE…]` from source, `fieldreel
 * [FILE…]` when packaged. Chromium's own switches, which may stand anywhere, are passed over.
 * @param appPath the folder that Electron runs; never a user's file.
 */
export function parseWindow(args: readonly string[], env: NodeJS.ProcessEnv, appPath: string): CommonArguments {
  const { values, positionals } = parseArgs({
    args: args.slice(1).filter((arg) => path.resolve(arg) !== path.resolve(appPath)),
    strict: false,
    allowPositionals: true,
    options: { data: { type: 'string' } },
  })
  return { data: dataFolderFrom(text(values.data), env), files: positionals }
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options']

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: string[]
}

function parse(args: readonly string[], usage: string, allowPositionals: boolean, options: Options): Parsed {
  try {
    return parseArgs({ args: [...args], allowPositionals, options: options ?? {}, strict: true })
  } catch (error) {
    // It quotes what was typed: a file that a shell's `*` found may be called like an option.
    const said = printable(error instanceof Error ? error.message : String(error))
    throw new UsageError(`${said}\n${usage}`, { cause: error })
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
