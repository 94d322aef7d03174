import { homedir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { HelpRequested, parseIngest, parseServe, parseWindow, UsageError } from '../../main/command/arguments.ts'

const NO_ENV = {}

describe('the arguments of serve', () => {
  it('have defaults: this machine only', () => {
    const { data, host, port } = parseServe([], NO_ENV)
    expect({ host, port }).toEqual({ host: '127.0.0.1', port: 8787 })
    expect(data.startsWith(homedir())).toBe(true)
  })

  it('are taken as given, a relative folder from the current one', () => {
    expect(parseServe(['--data', 'library', '--port', '0', '--host', '0.0.0.0'], NO_ENV)).toEqual({
      data: path.resolve('library'),
      host: '0.0.0.0',
      port: 0,
      tls: true,
    })
    expect(parseServe([], { FIELDREEL_DATA: '/footage' }).data).toBe(path.resolve('/footage'))
  })

  it.each([
    ['127.0.0.1', false],
    ['127.1.2.3', false],
    ['localhost', false],
    ['::1', false],
    ['0.0.0.0', true],
    ['::', true],
    ['192.168.1.5', true],
    ['127.evil.example', true],
  ])('speak TLS to others only: %s', (host, tls) => {
    expect(parseServe(['--host', host], NO_ENV).tls).toBe(tls)
    expect(parseServe(['--host', host, '--no-tls'], NO_ENV).tls).toBe(false)
  })

  it('explain themselves', () => {
    expect(() => parseServe(['--help'], NO_ENV)).toThrow(HelpRequested)
  })

  it.each([[['--port', 'many']], [['--port', '65536']], [['--prot', '80']], [['stray']]])('refuses %j', (args) => {
    expect(() => parseServe(args, NO_ENV)).toThrow(UsageError)
  })
})

describe('the arguments of ingest', () => {
  it('are files and options in any order', () => {
    expect(parseIngest(['a.mp4', '--json', '--data', '/d', 'b c.mov'], NO_ENV)).toEqual({
      data: path.resolve('/d'),
      json: true,
      cut: {},
      files: ['a.mp4', 'b c.mov'],
    })
  })

  it('say how finely to cut, as far as they say it', () => {
    const args = ['a.mp4', '--sensitivity', '0.8', '--min-scene', '2', '--split-long-scenes']
    expect(parseIngest(args, NO_ENV).cut).toEqual({ sensitivity: 0.8, minimumSceneSeconds: 2, splitLongScenes: true })
    expect(parseIngest(['a.mp4', '--sensitivity=0'], NO_ENV).cut).toEqual({ sensitivity: 0 })
  })

  it.each([['--sensitivity=80'], ['--sensitivity=much'], ['--sensitivity='], ['--min-scene=-1'], ['--min-scene=601']])(
    'refuse %s',
    (option) => {
      expect(() => parseIngest(['a.mp4', option], NO_ENV)).toThrow(UsageError)
    },
  )

  it('explain themselves', () => {
    expect(() => parseIngest(['--help'], NO_ENV)).toThrow(HelpRequested)
  })

  it('take a name that begins with a dash behind --', () => {
    expect(parseIngest(['--', '-odd.mp4'], NO_ENV).files).toEqual(['-odd.mp4'])
  })

  it('must name a file', () => {
    expect(() => parseIngest([], NO_ENV)).toThrow('Name at least one file.')
  })
})

describe('the arguments of the window', () => {
  it('leave out the app itself and Chromium’s switches, in any position', () => {
    const line = ['/bin/electron', '--no-sandbox', '--inspect=0', '.', '--disable-gpu', 'clip.mp4', '--data', '/d']
    expect(parseWindow(line, NO_ENV, path.resolve('.'))).toEqual({ data: path.resolve('/d'), files: ['clip.mp4'] })
  })

  it('are all files when packaged', () => {
    const line = ['/opt/fieldreel', 'one.mp4', 'two.mov']
    expect(parseWindow(line, { FIELDREEL_DATA: '/d' }, '/opt/resources/app.asar').files).toEqual(['one.mp4', 'two.mov'])
  })
})
