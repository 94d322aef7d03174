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

/** Arguments that cannot be understood; `message` ends with how to call the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Somebody asked how to call a command; `message` tells. No failure. */
export class HelpWanted extends Error {
  override readonly name = 'HelpWanted'
}

/** The library folder: `--data`, else FIELDREEL_DATA, else the platform's place for application data. */
export function dataFolderFrom(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const chosen = given ?? env['FIELDREEL_DATA']
  return chosen ? path.resolve(chosen) : envPaths('Fieldreel', { suffix: '' }).data
}

const SERVE_USAGE = 'Usage: npm run serve -- [--data DIR] [--port N] [--host H] [--no-tls]'
const SERVE_HELP = `${SERVE_USAGE}

Runs the engine and its server without a window. Standard output holds one line of JSON with its address.

  --data DIR  the library (FIELDREEL_DATA, else the usual place for application data)
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

  --data DIR           the library (FIELDREEL_DATA, else the usual place for application data)
  --json               one line of JSON a file in place of a table
  --sensitivity N      0 to 1: how unsure a cut may be; more gives more scenes
  --min-scene SECONDS  no scene is shorter
  --split-long-scenes  splits scenes of more than a minute where the picture has drifted far

What is not said is as the library has it (0.5, 0.2 s, no splitting, until changed in Settings). A file that is in the
library already is cut anew without being searched again.
`

export interface ServeArguments {
  readonly data: string
  readonly host: string
  readonly port: number
  /** Others than this machine are spoken to over TLS, unless told not to. */
  readonly tls: boolean
}

/** @throws UsageError; HelpWanted. */
export function parseServe(args: readonly string[], env: NodeJS.ProcessEnv): ServeArguments {
  const values = parse(args, SERVE_USAGE, false, {
    data: { type: 'string' },
    port: { type: 'string', default: '8787' },
    host: { type: 'string', default: '127.0.0.1' },
    'no-tls': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  }).values
  if (values['help'] === true) throw new HelpWanted(SERVE_HELP)
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
  /** What was said of how finely to cut; the rest is as the library has it. */
  readonly cut: Partial<SceneSettings>
}

/** @throws UsageError; HelpWanted. */
export function parseIngest(args: readonly string[], env: NodeJS.ProcessEnv): IngestArguments {
  const { values, positionals } = parse(args, INGEST_USAGE, true, {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    sensitivity: { type: 'string' },
    'min-scene': { type: 'string' },
    'split-long-scenes': { type: 'boolean' },
    help: { type: 'boolean', default: false },
  })
  if (values['help'] === true) throw new HelpWanted(INGEST_HELP)
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
 * @param appPath the folder Electron was told to run; never a file of somebody's.
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
