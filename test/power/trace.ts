import path from 'node:path'

/** What a process did, in the order in which it was done; paths are absolute. */
export type Deed =
  | { readonly did: 'make-file' | 'make-folder' | 'write' | 'remove' | 'remove-folder'; readonly path: string }
  | { readonly did: 'move'; readonly path: string; readonly to: string }
  /** A sync covers what was there when it began, and counts when it has ended. */
  | { readonly did: 'begin-sync' | 'end-sync'; readonly path: string; readonly sync: number }
  /** The process begins to tell somebody. */
  | { readonly did: 'tell'; readonly to: string; readonly text: string }

/** The calls that `readTrace` understands, for `strace -e trace=…`. */
export const CALLS = [
  ...['openat', 'open', 'creat', 'mkdir', 'mkdirat', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'rmdir'],
  ...['truncate', 'ftruncate', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'copy_file_range', 'fallocate'],
  ...['fsync', 'fdatasync', 'sendto', 'sendmsg'],
].join(',')

/** What strace needs so that this reader understands it. */
export const OPTIONS = ['-f', '--seccomp-bpf', '-y', '-qq', '-s', '2000', '-e', `trace=${CALLS}`, '-e', 'signal=none']

interface Call {
  readonly name: string
  readonly args: string
  readonly result: string
}

/** Reads the output of `strace -f -y`: one line a call, or two where another thread's call came between. */
export function readTrace(text: string): Deed[] {
  const begun = new Map<string, { name: string; args: string; sync: number }>()
  let syncs = 0
  return text.split('\n').flatMap((line): Deed[] => {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest)
    if (resumed) {
      const [, name = '', end = ''] = resumed
      const before = begun.get(thread)
      begun.delete(thread)
      if (before?.name !== name) return []
      const call = split(name, before.args + end)
      return call ? endOf(call, before.sync) : []
    }
    const [, name = '', args = ''] = /^(\w+)\((.*)$/.exec(rest) ?? []
    if (name === '') return []
    syncs += 1
    if (args.endsWith('<unfinished ...>')) {
      const cut = args.slice(0, -'<unfinished ...>'.length).trimEnd()
      begun.set(thread, { name, args: cut, sync: syncs })
      return beginningOf(name, cut, syncs)
    }
    const call = split(name, args)
    return call ? [...beginningOf(name, call.args, syncs), ...endOf(call, syncs)] : []
  })
}

function split(name: string, rest: string): Call | null {
  const [, args = '', result = ''] = /^(.*)\) += (.*)$/s.exec(rest) ?? []
  return result === '' ? null : { name, args, result }
}

/** What counts as soon as a call begins. */
function beginningOf(name: string, args: string, sync: number): Deed[] {
  const file = descriptorOf(args)
  if (file === null) return []
  if (name === 'fsync' || name === 'fdatasync') return [{ did: 'begin-sync', path: file, sync }]
  if (/^(write|writev|sendto|sendmsg)$/.test(name) && !file.startsWith('/')) {
    return [{ did: 'tell', to: file, text: args }]
  }
  return []
}

/** What counts once a call has ended, and ended well. */
function endOf({ name, args, result }: Call, sync: number): Deed[] {
  if (result.startsWith('-1')) return []
  const names = namesOf(args)
  const [first, second] = names
  const file = descriptorOf(args)
  switch (name) {
    case 'open':
    case 'openat':
    case 'creat':
      if (first === undefined) return []
      return [
        ...(args.includes('O_CREAT') || name === 'creat' ? [{ did: 'make-file', path: first } as const] : []),
        ...(args.includes('O_TRUNC') || name === 'creat' ? [{ did: 'write', path: first } as const] : []),
      ]
    case 'mkdir':
    case 'mkdirat':
      return first === undefined ? [] : [{ did: 'make-folder', path: first }]
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return first === undefined || second === undefined ? [] : [{ did: 'move', path: first, to: second }]
    case 'unlink':
      return first === undefined ? [] : [{ did: 'remove', path: first }]
    case 'rmdir':
      return first === undefined ? [] : [{ did: 'remove-folder', path: first }]
    case 'unlinkat':
      return first === undefined
        ? []
        : [{ did: args.includes('AT_REMOVEDIR') ? 'remove-folder' : 'remove', path: first }]
    case 'truncate':
      return first === undefined ? [] : [{ did: 'write', path: first }]
    case 'fsync':
    case 'fdatasync':
      return file === null ? [] : [{ did: 'end-sync', path: file, sync }]
    default:
      return file?.startsWith('/') ? [{ did: 'write', path: file }] : []
  }
}

/** The file behind the first argument, `23</library/fieldreel.db>`; null when that is none. */
function descriptorOf(args: string): string | null {
  return /^\d+<([^>]*)>/.exec(args)?.[1] ?? null
}

/** Every path among the arguments: `AT_FDCWD</from/here>, "name"`. */
function namesOf(args: string): string[] {
  const found = args.matchAll(/(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)
  return [...found].map(([, folder = '/', name = '']) => path.resolve(folder, name))
}
