// @ts-check

const HEARTBEAT_SECONDS = 15

/**
 * One line for the person at the terminal. Always on stderr: stdout belongs to the command that set-up runs before.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Shows that a long piece of work is alive: a running clock on a terminal, a line now and then elsewhere.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const terminal = process.stderr.isTTY
  say(`• ${title} …`)
  const clock = setInterval(
    () => {
      if (terminal) process.stderr.write(`\r  ${String(seconds())} s `)
      else say(`  … ${title}: ${String(seconds())} s`)
    },
    terminal ? 1000 : HEARTBEAT_SECONDS * 1000,
  )
  try {
    return await work()
  } finally {
    clearInterval(clock)
    if (terminal) process.stderr.write('\r')
    say(`  ${String(seconds())} s`)
  }
}

/**
 * Runs a whole script: what it answers is the exit status, what it throws is shown by its message alone.
 * @param {() => Promise<number | void>} work
 */
export async function runScript(work) {
  try {
    const status = await work()
    if (typeof status === 'number') process.exitCode = status
  } catch (error) {
    say(`✖ ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
