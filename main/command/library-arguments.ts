import path from 'node:path'
import { parseArgs } from 'node:util'
import { printable } from '../base/printable.ts'
import { dataFolderFrom, HelpRequested, UsageError } from './arguments.ts'

/** What can be done with a library, with the names of what each takes. */
export const LIBRARY_COMMANDS = {
  verify: { takes: [], does: 'reads everything and lists what is damaged, and how to repair it' },
  backup: { takes: ['DIR'], does: 'copies the library into DIR; only what is new is copied' },
  restore: { takes: ['DIR'], does: 'restores the backup in DIR into an empty library folder' },
  rebuild: {
    takes: [],
    does: 'restores every video that the database does not list; a damaged database goes to quarantine',
  },
  snapshots: { takes: [], does: 'lists the automatic copies of the database' },
  'use-snapshot': { takes: ['NAME'], does: 'replaces the database by such a copy; the old one goes to quarantine' },
  'rotate-secrets': { takes: [], does: 'makes all signed links invalid' },
  audit: { takes: [], does: 'prints who did what, newest first, as lines of JSON' },
} as const satisfies Record<string, { takes: readonly string[]; does: string }>

export type LibraryCommand = keyof typeof LIBRARY_COMMANDS

export interface LibraryArguments {
  readonly command: LibraryCommand
  readonly data: string
  readonly json: boolean
  /** As many as the command takes; folders as absolute paths. */
  readonly operands: readonly string[]
}

const USAGE = `Usage: npm run library -- COMMAND [--data DIR] [--json]
COMMAND is one of: ${Object.entries(LIBRARY_COMMANDS)
  .map(([name, { takes }]) => [name, ...takes].join(' '))
  .join(' | ')}`

/** @throws UsageError; HelpRequested. */
export function parseLibrary(args: readonly string[], env: NodeJS.ProcessEnv): LibraryArguments {
  const { values, positionals } = parsed(args)
  if (values.help === true) throw new HelpRequested(help())
  const [command, ...operands] = positionals
  if (command === undefined || !isCommand(command)) {
    const problem = command === undefined ? 'Name a command.' : `There is no command ${printable(command)}.`
    throw new UsageError(`${problem}\n${USAGE}`)
  }
  const takes: readonly string[] = LIBRARY_COMMANDS[command].takes
  if (operands.length !== takes.length || operands.includes('')) {
    const wanted = takes.length === 0 ? 'nothing else' : takes.join(' ')
    throw new UsageError(`${command} takes ${wanted}.\n${USAGE}`)
  }
  return {
    command,
    data: dataFolderFrom(values.data, env),
    json: values.json === true,
    operands: operands.map((operand, at) => (takes[at] === 'DIR' ? path.resolve(operand) : operand)),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    })
  } catch (error) {
    const said = printable(error instanceof Error ? error.message : String(error))
    throw new UsageError(`${said}\n${USAGE}`, { cause: error })
  }
}

function isCommand(name: string): name is LibraryCommand {
  return Object.hasOwn(LIBRARY_COMMANDS, name)
}

function help(): string {
  const lines = Object.entries(LIBRARY_COMMANDS).map(([name, { takes, does }]) => {
    return `  ${[name, ...takes].join(' ').padEnd(17)}  ${does}`
  })
  return `${USAGE}

Maintains a library; exit status 1 when something is damaged or a command fails. verify, backup, snapshots and audit
work while Fieldreel is open; close it for all others.

${lines.join('\n')}

  --data DIR    the library (FIELDREEL_DATA, else the usual place for application data)
  --json        one line of JSON per problem or list entry
`
}
