// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { root as ownRoot } from '../setup/folders.mjs'

/** @typedef {{ file: string, text: string }} Source the path from the root, with slashes */
/** @typedef {{ problems: string[], notes?: string[] }} Findings */

/**
 * The files below some folders, in order.
 * @param {string} root
 * @param {readonly string[]} folders
 * @param {RegExp} pattern of their paths
 * @returns {Source[]}
 */
export function readSources(root, folders, pattern) {
  return folders.flatMap((folder) => {
    if (!fs.existsSync(path.join(root, folder))) return []
    const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).sort()
    return names
      .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
      .filter((file) => pattern.test(file))
      .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') }))
  })
}

/**
 * Every node of a file, parents first.
 * @param {Source} source
 * @param {(node: ts.Node, syntax: ts.SourceFile) => void} visit
 */
export function walk({ file, text }, visit) {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : undefined
  const syntax = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  /** @param {ts.Node} node */
  const descend = (node) => {
    visit(node, syntax)
    ts.forEachChild(node, descend)
  }
  descend(syntax)
}

/** @param {number} position @param {ts.SourceFile} syntax */
export const lineOf = (position, syntax) => syntax.getLineAndCharacterOfPosition(position).line + 1

/**
 * Runs a check when its file is what was started: `node scripts/checks/NAME.mjs [ROOT]`.
 * @param {string} file of the check
 * @param {(root: string) => Findings} check
 */
export function runCheck(file, check) {
  if (process.argv[1] !== file) return
  const { problems, notes = [] } = check(process.argv[2] ?? ownRoot)
  process.stdout.write([...notes, ...problems].map((line) => `${line}\n`).join(''))
  process.exitCode = problems.length === 0 ? 0 : 1
}
