import path from 'node:path'
import { parseArgs } from 'node:util'
import { printable } from '../base/printable.ts'
import { dataFolderFrom, HelpWanted, UsageError } from './arguments.ts'

/** What can be done with a library, with the names of what each takes. */
export const LIBRARY_COMMANDS = {
  verify: { takes: [], does: 'reads everything again and names what is damaged, and what heals it' },
  backup: { takes: ['DIR'], does: 'copies the library into DIR; what is there already is not copied again' },
  restore: { takes: ['DIR'], does: 'makes a library of the backup in DIR, in an empty folder' },
  rebuild: {
    takes: [],
    does: 'brings back every video in the folder that no entry names; a damaged database is set aside',
  },
  snapshots: { takes: [], does: 'lists the copies of the database that Fieldreel made by itself' },
  'use-snapshot': { takes: ['NAME'], does: 'puts such a copy in the place of the database, which is set aside' },
  'rotate-secrets': { takes: [], does: 'makes every link stop working that was signed until now' },
  audit: { takes: [], does: 'prints who did what, newest first: one line of JSON each' },
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

/** @throws UsageError; HelpWanted. */
export function parseLibrary(args: readonly string[], env: NodeJS.ProcessEnv): LibraryArguments {
  const { values, positionals } = parsed(args)
  if (values.help === true) throw new HelpWanted(help())
  const [command, ...operands] = positionals
  if (command === undefined || !isCommand(command)) {
    const problem = command === undefined ? 'Say what to do.' : `${printable(command)} is none of them.`
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

Care of a library; exit status 1 when anything is damaged or fails. verify, backup, snapshots and audit work while
Fieldreel has the library open; for all else close it first.

${lines.join('\n')}

  --data DIR    the library (FIELDREEL_DATA, else the usual place for application data)
  --json        one line of JSON for each thing that is wrong, or listed
`
}
