const HIDDEN = '[hidden]'

/**
 * Secrets in a line of the log, anywhere in it: in a field, a message, a stack. No pattern
 * starts within a run of the characters it looks for, so that a long line is read once.
 */
const SECRETS: ReadonlyArray<readonly [pattern: RegExp, shown: string]> = [
  // Our own API keys.
  [/(?<![\w-])fieldreel_[\w-]{16,}/g, `fieldreel_${HIDDEN}`],
  [/\b(Bearer|Basic)(?:\s|%20)+[^\s"'\\,;]+/gi, `$1 ${HIDDEN}`],
  // Headers: as text, as fields, as a list of names and values.
  [
    /\b((?:proxy-)?authorization|x-api-key|api[_-]?key|(?:set-)?cookie)(\\*["']\s*[:=,]\s*\\*["']|\s*[:=]\s*)(?!\[hidden\])[^"'\\\r\n]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/(["'](?:token|secret|password|signature)\\*["']\s*:\s*\\*["'])[^"'\\]+/gi, `$1${HIDDEN}`],
  // Signed URLs, ours and those of cloud stores, also within another URL.
  [
    /((?:(?<![A-Za-z0-9_])|(?<=%3F|%26))(?:x-amz-|x-goog-|aws)?(?:signature|credential|security-token|accesskeyid|sig|token|access_token|key|password|passwd|secret)(?:=|%3D))[^&"'\s\\<>]+/gi,
    `$1${HIDDEN}`,
  ],
  // "<payload>.<mac>", the last part of a signed part URL.
  [/(?<![\w-])[\w-]{40,}\.[\w-]{43}(?![\w-])/g, HIDDEN],
  // Who signs in within a URL.
  [/:\/\/[^\s/"'\\@?#]{1,256}@/g, `://${HIDDEN}@`],
]

/** The names of variables whose values are keys. */
const KEY_VARIABLE = /^FIELDREEL_.*API_KEY$/
/** A shorter value would be found in every word. */
const SHORTEST = 6

/** Takes keys, signatures and tokens out of lines of text. @param env what it holds as keys is hidden too. */
export function hiding(env: NodeJS.ProcessEnv): (line: string) => string {
  const keys = Object.entries(env).flatMap(([name, value]) =>
    KEY_VARIABLE.test(name) && value !== undefined && value.length >= SHORTEST ? [inJson(value)] : [],
  )
  return (line) => {
    const known = keys.reduce((text, key) => text.replaceAll(key, HIDDEN), line)
    return SECRETS.reduce((text, [pattern, shown]) => text.replace(pattern, shown), known)
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
