// @ts-check
// A table belongs to the capability whose migrations create it: no query of another one names it.
import ts from 'typescript'
import { lineOf, readSources, runCheck, walk } from './sources.mjs'

/** @typedef {import('./sources.mjs').Source} Source */

const SQL = /\b(SELECT|INSERT|REPLACE|UPDATE|DELETE|FROM|JOIN|CREATE|DROP|ALTER|EXISTS)\b/
const MIGRATIONS = /^(main\/(?:engine|platform)\/[^/]+)\/migrations\.ts$/

/** What may stand before a table's name. `REFERENCES` is not here: a foreign key may point to a lower capability. */
const BEFORE_TABLE =
  /\b(?:(?:INSERT|DELETE|UPDATE(?: OF [\w, ]+)?|INDEX(?: IF NOT EXISTS)? \w+) ON|FROM|JOIN|INTO|TABLE(?: IF (?:NOT )?EXISTS)?|UPDATE(?: OR \w+)?)\s+"?(\w+)/g

/**
 * The texts of SQL in a file; what is filled into a template reads as `?`.
 * @param {Source} source
 * @returns {{ sql: string, line: number }[]}
 */
function queries(source) {
  /** @type {{ sql: string, line: number }[]} */
  const found = []
  walk(source, (node, syntax) => {
    const text = ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('?')
      : ts.isStringLiteralLike(node)
        ? node.text
        : ''
    if (!SQL.test(text)) return
    const sql = text
      .replace(/--.*$/gm, '')
      .replace(/'[^']*'/g, "''")
      .replace(/\s+/g, ' ')
    found.push({ sql, line: lineOf(node.getStart(syntax), syntax) })
  })
  return found
}

/** @param {string} sql */
function tablesIn(sql) {
  const own = new Set(
    [...sql.matchAll(/(\w+)(?: ?\([^()]*\))? AS (?:NOT )?(?:MATERIALIZED )?\(/g)].map(([, name]) => name),
  )
  const lists = [...sql.matchAll(/\bFROM ((?:\w+(?: (?:AS )?\w+)?, )+\w+)/g)].flatMap(([, list]) =>
    (list ?? '').split(', ').map((item) => item.split(' ')[0] ?? ''),
  )
  const named = [...sql.matchAll(BEFORE_TABLE)].map(([, name]) => name ?? '')
  const qualified = [...sql.matchAll(/(?<![\w.])(\w+)\.\w/g)].map(([, name]) => name ?? '')
  return new Set([...named, ...lists, ...qualified].filter((name) => !own.has(name)))
}

/** @param {string} root @returns {import('./sources.mjs').Findings} */
export function checkTables(root) {
  const files = readSources(root, ['main'], /\.ts$/).map((source) => ({ ...source, queries: queries(source) }))
  /** @type {Map<string, string>} */
  const owners = new Map()
  for (const { file, queries } of files) {
    const home = MIGRATIONS.exec(file)?.[1]
    if (home === undefined) continue
    for (const { sql } of queries) {
      for (const [, table] of sql.matchAll(/CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)/g)) {
        if (table !== undefined) owners.set(table, home)
      }
    }
  }
  const problems = files.flatMap(({ file, queries }) =>
    queries.flatMap(({ sql, line }) =>
      [...tablesIn(sql)].flatMap((table) => {
        const owner = owners.get(table)
        if (owner === undefined || file.startsWith(`${owner}/`)) return []
        return `${file}:${String(line)} names the table “${table}” of ${owner}: ask its module, or follow its events`
      }),
    ),
  )
  return { problems, notes: [`${String(owners.size)} tables with an owner`] }
}

runCheck(import.meta.filename, checkTables)
