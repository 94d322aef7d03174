import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageFile } from '../../main/app/page-file.ts'

const FOLDER = path.resolve('/opt/fieldreel/renderer')
const at = (rest: string) => pageFile(FOLDER, `app://fieldreel${rest}`)

describe('the page protocol', () => {
  it.each([
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/index-1a2b.js', 'assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
    ['/assets/index.css?v=2#top', 'assets/index.css', 'text/css; charset=utf-8'],
    ['/fonts/inter.woff2', 'fonts/inter.woff2', 'font/woff2'],
    ['/a%20b.svg', 'a b.svg', 'image/svg+xml'],
    ['/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/%2e%2e/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['//index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('serves %s', (rest, file, type) => {
    expect(at(rest)).toEqual({ path: path.join(FOLDER, file), type })
  })

  it.each([
    ...['/..%2fsecret.html', '/..%2Fsecret.html', '/%2e%2e%2fsecret.html', '/.%2e%2fsecret.html'],
    ...['/assets/..%2f..%2fsecret.html', '/assets/%2e%2e%2f%2e%2e%2fsecret.html', '/a/b/..%2f..%2f..%2fsecret.html'],
    // Beside the folder, with a name that begins like it.
    ...['/..%2frenderer-old/index.html', '/..%2frenderer.html', '/..%2frenderer2%2findex.html'],
    ...['/%2f..%2f..%2fetc%2fhosts.html', '/.%2f..%2fsecret.html', '/..%2f..%2f..%2f..%2f..%2fetc%2fhosts.html'],
  ])('serves nothing outside of its folder for %s', (rest) => {
    expect(at(rest)).toBeNull()
  })

  it.each(['/../secret.html', '/%2e%2e/secret.html', '/a/../../secret.html', '/%2E%2E/%2e%2e/secret.html'])(
    'takes %s for a file of its folder, as every browser does',
    (rest) => {
      expect(at(rest)?.path).toBe(path.join(FOLDER, 'secret.html'))
    },
  )

  it('refuses what steps out by a backslash where that separates folders', () => {
    const file = at('/..%5csecret.html')
    if (path.sep === '\\') expect(file).toBeNull()
    else expect(file?.path).toBe(path.join(FOLDER, '..\\secret.html'))
  })

  it.each(['/', '', '/index', '/index.htm', '/data.json', '/.html', '/fieldreel.db', '/index.html.exe'])(
    'has no file of the kind of %s',
    (rest) => {
      expect(at(rest)).toBeNull()
    },
  )

  it.each(['app://other/index.html', 'app://fieldreel.example/index.html', 'app://fieldreel:80/index.html'])(
    'serves no other host: %s',
    (url) => {
      expect(pageFile(FOLDER, url)).toBeNull()
    },
  )

  it.each(['/%ff.html', '/%.html', '/%e0%a4.html', '/index.html%00.html', '/%00/index.html'])(
    'refuses what is no name: %s',
    (rest) => {
      expect(at(rest)).toBeNull()
    },
  )

  it('stays in its folder whatever it is asked', () => {
    const piece = fc.constantFrom(
      ...['..', '%2e%2e', '.', '/', '%2f', '%2F', '%5c', '\\', '%252f', 'a', 'renderer', 'renderer-old', ' ', '%20'],
      ...['%c0%af', '..;', '....//', '?', '#', ':', 'C:', '%00', 'index.html'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = at(`/${pieces.join('')}.html`)
        if (file === null) return true
        const way = path.relative(FOLDER, file.path)
        return way !== '' && !way.split(path.sep).includes('..') && !path.isAbsolute(way)
      }),
      { numRuns: 2000 },
    )
  })
})
