// @ts-check
// A rule that is cited (`UP-12`) is one of docs/rules.
import { readSources, runCheck } from './sources.mjs'

const CITATION = /\b(?:UP|FI|AN|PI|LI|SE|ST|ID)-\d+\b/g

/** @param {string} root @returns {import('./sources.mjs').Findings} */
export function checkRules(root) {
  const listed = readSources(root, ['docs/rules'], /\.md$/).flatMap(({ text }) =>
    [...text.matchAll(/^- \*\*([A-Z]{2}-\d+)\*\*/gm)].map(([, rule]) => rule ?? ''),
  )
  const rules = new Set(listed)
  const twice = listed.filter((rule, index) => listed.indexOf(rule) !== index)
  const folders = ['main', 'preload', 'renderer', 'scripts', 'bench', 'test', 'docs']
  const cited = readSources(root, folders, /\.(tsx?|[cm]?js|css|md)$/).flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(CITATION)].map(([rule]) => ({ rule, place: `${file}:${String(index + 1)}` })),
      ),
  )
  const problems = [
    ...twice.map((rule) => `docs/rules has ${rule} twice: a number names one rule`),
    ...cited.flatMap(({ rule, place }) =>
      rules.has(rule) ? [] : `${place} cites ${rule}, which docs/rules does not have: cite another one or write it`,
    ),
  ]
  return { problems, notes: [`${String(rules.size)} rules, ${String(cited.length - listed.length)} citations`] }
}

runCheck(import.meta.filename, checkRules)
