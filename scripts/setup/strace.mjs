// @ts-check
import { aptInstall, mayInstall } from './apt.mjs'
import { tryCommand } from './command.mjs'
import { withProgress } from './report.mjs'

/** Why it could not be installed; the tests that need it are skipped then, and say so. */
let refusal = ''

/**
 * The program that writes down every call of another: the tests of power cuts need it, and nothing else does.
 * @type {import('../setup.mjs').Step}
 */
export const strace = {
  title: 'strace, for the tests',
  async check() {
    if ((await tryCommand('strace', ['--version'])).status === 0) return 'there'
    if (!mayInstall()) return 'not there: the tests that need it are skipped'
    return refusal === '' ? null : `not to be had (${refusal}): the tests that need it are skipped`
  },
  async make() {
    try {
      await withProgress('Installing strace', () => aptInstall(['strace']))
    } catch (error) {
      refusal = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    }
  },
}
