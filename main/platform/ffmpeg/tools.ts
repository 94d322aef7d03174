import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { execa } from 'execa'
import { EngineError } from '../../contract/errors.ts'
import type { Log } from '../log/index.ts'

export type FfmpegSource = 'setting' | 'ffmpeg-static' | 'system' | 'npm'

/** A pair of binaries that ran here, and what they can do. */
export interface FfmpegTools {
  readonly ffmpeg: string
  readonly ffprobe: string
  /** Where `ffmpeg` came from. */
  readonly source: FfmpegSource
  readonly version: string
  /** What a person should know of it: that it is old, and what that means; null when there is nothing. */
  readonly warning: string | null
  readonly encoders: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
  /** Codecs, by the names that ffprobe gives, that this ffmpeg decodes. */
  readonly decodes: ReadonlySet<string>
  /** Options of an output that keep every frame and its own time; their spelling changed in ffmpeg 5.1. */
  readonly keepFrameTimes: readonly string[]
  /** Options of an input that let the graphics card decode; empty unless asked for. */
  readonly hardware: readonly string[]
}

interface Candidate {
  source: FfmpegSource
  path: () => string
}

interface Binary {
  source: FfmpegSource
  path: string
  version: string
  /** In which it was released, by its own word; 0 when it does not say. */
  year: number
}

type Program = 'ffmpeg' | 'ffprobe'

const SETTINGS: Record<Program, string> = { ffmpeg: 'FFMPEG_BIN', ffprobe: 'FFPROBE_BIN' }
/** Names a way to decode as ffmpeg does: `auto`, `vaapi`, `videotoolbox`… */
const HARDWARE_SETTING = 'FIELDREEL_HWACCEL'
const ANSWER_LIMIT_MS = 10_000

const requireModule = createRequire(import.meta.url)
const resolved = new Map<string, Promise<FfmpegTools>>()

/**
 * Finds an ffmpeg and an ffprobe that really run: those that the settings FFMPEG_BIN / FFPROBE_BIN name; without them the
 * newest of ffmpeg-static, the system's and the npm-shipped builds, in this order where they are as new. The answer is kept for the life of the process; a failure is not.
 * @throws EngineError `unavailable` when a setting names something that does not run, or nothing runs at all.
 */
export function resolveFfmpeg(env: NodeJS.ProcessEnv = process.env): Promise<FfmpegTools> {
  const key = JSON.stringify([env['FFMPEG_BIN'], env['FFPROBE_BIN'], env['PATH'], env[HARDWARE_SETTING]])
  const known = resolved.get(key)
  if (known) return known
  const tools = findTools(env)
  resolved.set(key, tools)
  tools.catch(() => resolved.delete(key))
  return tools
}

async function findTools(env: NodeJS.ProcessEnv): Promise<FfmpegTools> {
  const [ffmpeg, ffprobe] = await Promise.all([findBinary('ffmpeg', env), findBinary('ffprobe', env)])
  const [encoders, filters, codecs, keepsTimesByMode] = await Promise.all([
    ask(ffmpeg.path, ['-encoders'], env),
    ask(ffmpeg.path, ['-filters'], env),
    ask(ffmpeg.path, ['-codecs'], env),
    knowsFpsMode(ffmpeg, env),
  ])
  return {
    ffmpeg: ffmpeg.path,
    ffprobe: ffprobe.path,
    source: ffmpeg.source,
    version: ffmpeg.version,
    warning: warningOf(ffmpeg, ffprobe),
    encoders: namesIn(encoders, /^ [VAS][A-Z.]{5} (\S+)/gm),
    filters: namesIn(filters, /^ [A-Z.]{2,3} (\S+) +\S+->\S+/gm),
    decodes: namesIn(codecs, /^ D\S{5} (\S+)/gm),
    keepFrameTimes: keepsTimesByMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'],
    hardware: hardwareOptions(env[HARDWARE_SETTING]),
  }
}

/** By its version, which says it without another start; a build that has none of its own is asked. */
async function knowsFpsMode({ path, version }: Binary, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? []
  if (major !== undefined) return Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 1)
  return /^-fps_mode/m.test(await ask(path, ['-h', 'long'], env))
}

/**
 * Decoding on the graphics card, only by a setting (ID-85). ffmpeg itself falls back to
 * the processor where there is no card, or it cannot decode the video.
 */
function hardwareOptions(setting: string | undefined): readonly string[] {
  if (!setting || setting === 'none') return []
  if (!/^[a-z0-9_]+$/.test(setting)) {
    throw new EngineError(
      'unavailable',
      `${HARDWARE_SETTING} is not the name of a way to decode: say auto, or unset it.`,
    )
  }
  return ['-hwaccel', setting]
}

async function findBinary(program: Program, env: NodeJS.ProcessEnv): Promise<Binary> {
  const setting = env[SETTINGS[program]]
  const candidates = setting ? [{ source: 'setting' as const, path: () => setting }] : candidatesFor(program)
  const tried: string[] = []
  const look = async ({ source, path: find }: Candidate): Promise<Binary[]> => {
    try {
      const path = find()
      return [{ source, path, ...(await versionOf(program, path, env)) }]
    } catch (error) {
      tried.push(`${source}: ${error instanceof Error ? error.message : String(error)}`)
      return []
    }
  }
  const found = (await Promise.all(candidates.map(look))).flat()
  const newest = Math.max(...found.map(({ year }) => year))
  const best = found.find(({ year }) => year === newest)
  if (best) return best
  throw new EngineError('unavailable', missingMessage(program, setting), { tried })
}

function missingMessage(program: Program, setting: string | undefined): string {
  const name = SETTINGS[program]
  return setting
    ? `${name} names ${setting}, which does not run as ${program}. Correct it, or unset it to use what is installed.`
    : `No working ${program} was found. Install ffmpeg, or set ${name} to the full path of the program.`
}

function candidatesFor(program: Program): Candidate[] {
  const installer = `@${program}-installer/${program}`
  const system: Candidate = { source: 'system', path: () => program }
  const npm: Candidate = { source: 'npm', path: () => unpacked((requireModule(installer) as { path: string }).path) }
  return program === 'ffmpeg' ? [{ source: 'ffmpeg-static', path: staticFfmpeg }, system, npm] : [system, npm]
}

/** The package answers with a path even when its download never happened. */
function staticFfmpeg(): string {
  const path = requireModule('ffmpeg-static') as string | null
  const file = path && unpacked(path)
  if (!file || !existsSync(file)) throw new Error('the package is here, its program is not')
  return file
}

/** A program inside an archive cannot be run: packaging leaves it beside the archive, in `app.asar.unpacked`. */
function unpacked(path: string): string {
  return path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2')
}

async function versionOf(program: Program, path: string, env: NodeJS.ProcessEnv) {
  const said = await ask(path, ['-version'], env)
  const version = new RegExp(`^${program} version (\\S+)`).exec(said)?.[1]
  if (!version) throw new Error(`${path} does not answer as ${program}`)
  return { version, year: Number(/^.*Copyright \(c\) \d{4}-(\d{4})/.exec(said)?.[1] ?? 0) }
}

/** Programs from before this year lack the fixes of several years for faults that a hostile file can use. */
const OLD_BEFORE = 2022

function warningOf(...programs: readonly Binary[]): string | null {
  const old = programs.filter(({ year }) => year > 0 && year < OLD_BEFORE).map(({ year }) => year)
  if (old.length === 0) return null
  return `This ffmpeg is from ${Math.min(...old)}: it lacks years of fixes for faults that hostile files use. Install a newer one.`
}

async function ask(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const options = { env, extendEnv: false, stdin: 'ignore', timeout: ANSWER_LIMIT_MS } as const
  return (await execa(path, ['-hide_banner', ...args], options)).stdout
}

function namesIn(listing: string, line: RegExp): ReadonlySet<string> {
  return new Set([...listing.matchAll(line)].flatMap((match) => match[1] ?? []))
}

/** The ffmpeg to use, found when it is first asked for; what a person should know of it is logged once. */
export function ffmpegTools(env: NodeJS.ProcessEnv, log: Log): () => Promise<FfmpegTools> {
  let logged: string | null = null
  return async () => {
    const tools = await resolveFfmpeg(env)
    if (tools.warning !== logged) log.warn({ ffmpeg: tools.ffmpeg, version: tools.version }, tools.warning ?? '')
    logged = tools.warning
    return tools
  }
}
