/** Names that files of somebody else may have, each with what it does where it is shown raw. */
export const HOSTILE_NAMES: ReadonlyArray<readonly [does: string, name: string]> = [
  ['clears the screen', 'clear\x1b[2J\x1b[H.mp4'],
  ['sets the title of the terminal', 'title\x1b]0;owned\x07.mp4'],
  ['begins a line of its own', 'film.mp4\nAPI key of the owner: none'],
  ['writes over the line', 'film.mp4\rdone'],
  ['rings and steps back', 'bell\x07\x08\x08.mp4'],
  ['is an escape in one C1 character', 'c1\u009b31mred.mp4'],
  ['ends a string in C1', 'c1\u009d0;owned\u009c.mp4'],
  ['begins a line in C1', 'next\u0085line.mp4'],
  ['has a DEL', 'del\x7f.mp4'],
  ['overrides to the left', 'film\u202egpj.exe'],
  ['overrides to the right', 'film\u202dabc'],
  ['embeds', 'a\u202ab\u202bc\u202cd'],
  ['isolates', 'a\u2066b\u2067c\u2068d\u2069e'],
  ['has marks of direction', 'a\u200eb\u200fc\u061cd'],
  ['has no-width characters', 'a\u200bb\u2060c\ufeffd\u00ade'],
  ['breaks the line by Unicode', 'a\u2028b\u2029c'],
  ['hides text in tags', 'a\u{e0041}\u{e0042}b'],
  ['has half a pair', 'a\ud800b'],
]

/** What no terminal, page or window may be given raw. */
export const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u
