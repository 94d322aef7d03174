// @ts-check
// No function is longer than 60 lines (80 in JSX), no file than 250: longer ones hold a noun that has no name yet.
import ts from 'typescript'
import { lineOf, readSources, runCheck, walk } from './sources.mjs'

const FILE = 250
const FUNCTION = 60
const FUNCTION_IN_JSX = 80

/** @typedef {{ name: string, place: string, lines: number, limit: number }} Measured */

/** @param {import('./sources.mjs').Source} source @returns {Measured[]} */
function functionsIn(source) {
  const { file } = source
  if (file.endsWith('.css')) return []
  /** @type {Measured[]} */
  const found = []
  const limit = file.endsWith('x') ? FUNCTION_IN_JSX : FUNCTION
  walk(source, (node, syntax) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
    const start = lineOf(node.getStart(syntax), syntax)
    const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
    const name = `${file} ${named?.getText(syntax) ?? ts.SyntaxKind[node.kind]}`
    found.push({ name, place: `${name} (line ${String(start)})`, lines: lineOf(node.end, syntax) - start + 1, limit })
  })
  return found
}

/** @param {Measured[]} measured */
const longest = (measured) => measured.toSorted((a, b) => b.lines - a.lines)[0]

/** @param {string} root @returns {import('./sources.mjs').Findings} */
export function checkLimits(root) {
  const sources = readSources(root, ['main', 'preload', 'renderer', 'scripts', 'bench'], /\.(tsx?|[cm]?js|css)$/)
  const files = sources.map(({ file, text }) => ({
    name: file,
    place: file,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    limit: FILE,
  }))
  const functions = sources.flatMap(functionsIn)
  const tooLong = [...files, ...functions].filter(({ lines, limit }) => lines > limit)
  const describe = (/** @type {Measured | undefined} */ it) => (it ? `${String(it.lines)} lines, ${it.place}` : 'none')
  return {
    problems: tooLong.map(
      ({ place, lines, limit }) => `${place} has ${String(lines)} lines, more than ${String(limit)}: split it`,
    ),
    notes: [`longest file: ${describe(longest(files))}`, `longest function: ${describe(longest(functions))}`],
  }
}

runCheck(import.meta.filename, checkLimits)
