import { describe, expect, it } from 'vitest'
import { Disk } from './disk.ts'
import { type Deed, readTrace } from './trace.ts'

/** A disk that saw these calls. */
function after(...lines: string[]): Disk {
  const disk = new Disk('/d')
  for (const deed of deeds(...lines)) disk.do(deed)
  return disk
}

const deeds = (...lines: string[]): Deed[] => readTrace(lines.map((line) => `7 ${line}`).join('\n'))
const MAKE = 'openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0600) = 3</d/a>'
const WRITE = 'pwrite64(3</d/a>, "x", 1, 0) = 1'
const SYNC = 'fdatasync(3</d/a>) = 0'
const SYNC_FOLDER = 'fsync(4</d>) = 0'

const loss = (disk: Disk, file = '/d/a') => disk.lossOf(disk.promise('it', file))

describe('a power cut', () => {
  it('takes nothing of a file that was synced with its name', () => {
    expect(loss(after(MAKE, WRITE, SYNC, SYNC_FOLDER))).toBeNull()
    expect(loss(after(MAKE, SYNC_FOLDER, WRITE, SYNC))).toBeNull()
  })

  it('takes a name that was not synced', () => {
    expect(loss(after(MAKE, WRITE, SYNC))).toContain('no synced folder')
    expect(loss(after(SYNC_FOLDER, MAKE, WRITE, SYNC))).toContain('no synced folder')
  })

  it('takes what was written after the last sync, or while it was under way', () => {
    expect(loss(after(MAKE, SYNC_FOLDER, SYNC, WRITE))).toContain('1 of 1 writes')
    const half = readTrace(
      [
        `7 ${MAKE}`,
        `7 ${SYNC_FOLDER}`,
        '8 fsync(3</d/a> <unfinished ...>',
        `7 ${WRITE}`,
        '8 <... fsync resumed>) = 0',
      ].join('\n'),
    )
    const disk = new Disk('/d')
    for (const deed of half) disk.do(deed)
    expect(loss(disk)).toContain('1 of 1 writes')
  })

  it('takes a folder of which only the inside was synced', () => {
    const inside = [
      'mkdir("/d/f", 0700) = 0',
      'openat(AT_FDCWD</>, "/d/f/a", O_RDWR|O_CREAT, 0600) = 3</d/f/a>',
      'fsync(4</d/f>) = 0',
    ]
    expect(loss(after(...inside), '/d/f/a')).toContain('no synced folder')
    expect(loss(after(...inside, SYNC_FOLDER), '/d/f/a')).toBeNull()
  })

  it('leaves a file that is moved at one of the two places, when the new one is synced first', () => {
    const disk = after(MAKE, 'mkdir("/d/f", 0700) = 0', SYNC_FOLDER)
    const promised = disk.promise('it', '/d/a', { anywhere: true })
    const losses = deeds('rename("/d/a", "/d/f/b") = 0', 'fsync(5</d/f>) = 0', SYNC_FOLDER).map((deed) => {
      disk.do(deed)
      return disk.lossOf(promised)
    })
    expect(losses).toEqual(losses.map(() => null))
    expect(loss(disk, '/d/f/b')).toBeNull()
  })

  it('takes a file that is moved when the old place is synced first', () => {
    const disk = after(MAKE, 'mkdir("/d/f", 0700) = 0', SYNC_FOLDER)
    const promised = disk.promise('it', '/d/a', { anywhere: true })
    for (const deed of deeds('rename("/d/a", "/d/f/b") = 0', SYNC_FOLDER)) disk.do(deed)
    expect(disk.lossOf(promised)).toContain('no synced folder')
  })

  it('knows no call that failed', () => {
    expect(() => loss(after('openat(AT_FDCWD</>, "/d/a", O_CREAT) = -1 EACCES (Permission denied)'))).toThrow('no /d/a')
    expect(loss(after(MAKE, WRITE, 'fdatasync(3</d/a>) = -1 EIO (Input/output error)', SYNC_FOLDER))).toContain(
      '1 of 1',
    )
  })
})
