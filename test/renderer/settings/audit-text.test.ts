import { describe, expect, it } from 'vitest'
import { type AuditEvent, contract } from '../../../main/contract/index.ts'
import { actorOf, auditText } from '../../../renderer/features/settings/audit-text.ts'

const event = (differences: Partial<AuditEvent> = {}): AuditEvent => ({
  ...{ id: 1, at: '2026-11-12T10:00:00.000Z', user: 'Mara', door: 'window', action: 'keys.delete' },
  ...{ outcome: 'done', target: 'a1', details: { name: 'Reviewer tablet' } },
  ...differences,
})

describe('the text of an audit event', () => {
  it('says what was done to what, by name', () => {
    expect(auditText(event())).toEqual({ text: 'Key “Reviewer tablet” revoked', note: '', tone: 'done' })
    const made = event({
      action: 'keys.create',
      details: { name: 'Tablet', userName: 'Ines', scopes: ['read', 'write'] },
    })
    expect(auditText(made)).toMatchObject({ text: 'Key “Tablet” created', note: 'for Ines: read, write' })
    const off = event({ action: 'keys.update', details: { name: 'Tablet', change: { isActive: false } } })
    expect(auditText(off).text).toBe('Key “Tablet” switched off')
    const shared = event({ action: 'albums.update', details: { name: 'East gate', visibility: 'unlisted' } })
    expect(auditText(shared).text).toBe('Album “East gate” shared by link')
    const server = event({ action: 'server.set', target: null, details: { running: true, port: 8787, network: true } })
    expect(auditText(server)).toMatchObject({
      text: 'Local server switched on',
      note: 'port 8787, other computers allowed',
    })
    const link = event({ action: 'links.revoke', target: '/api/v2/videos/a1/file', details: {} })
    expect(auditText(link).text).toBe('Link to /api/v2/videos/a1/file revoked')
  })

  it('says what was tried and why it failed', () => {
    const refused = event({ outcome: 'failed', details: { name: 'Tablet', code: 'forbidden', count: 3 } })
    expect(auditText(refused)).toEqual({
      text: 'Tried to revoke key “Tablet”',
      note: 'not allowed with that key, 3 times',
      tone: 'refused',
    })
  })

  it('marks failed sign-ins', () => {
    const signIn = { action: 'signIn', user: null, door: 'http', outcome: 'failed' } as const
    const one = event({ ...signIn, target: '203.0.113.7', details: { keyPrefix: 'fieldreel_Xq2R', count: 12 } })
    expect(auditText(one)).toEqual({
      text: 'Failed sign-in from 203.0.113.7',
      note: 'key fieldreel_Xq2R…, 12 times',
      tone: 'signIn',
    })
    const many = event({ ...signIn, target: null, details: { many: true, count: 812 } })
    expect(auditText(many).text).toBe('Failed sign-in from many addresses')
    expect(actorOf(one)).toBe('Local server')
  })

  it('exists for every audited action, with a name and without one', () => {
    const audited = contract.filter((operation) => operation.kind === 'answer' && operation.audit)
    expect(audited.length).toBeGreaterThan(20)
    for (const { name: action } of audited) {
      for (const outcome of ['done', 'failed'] as const) {
        for (const details of [{ name: 'Gate' }, {}]) {
          const { text } = auditText(event({ action, outcome, details, target: null }))
          expect(text).not.toContain(action)
          expect(text).toMatch(/^["“A-Z]/)
          expect(text).not.toMatch(/ {2}| $|undefined|null/)
        }
      }
    }
  })

  it('escapes invisible characters in a name from outside', () => {
    const hostile = event({ action: 'videos.delete', details: { name: 'gate\u202e4pm.exe\n\u001b[31m' } })
    expect(auditText(hostile).text).toBe('Video “gate\\u202e4pm.exe\\u000a\\u001b[31m” deleted')
  })

  it('names the user and the interface', () => {
    expect(actorOf({ user: 'Mara', door: 'aionvision', details: {} })).toBe('Mara, Aionvision API')
    expect(actorOf({ user: 'owner', door: 'window', details: {} })).toBe('Owner, this window')
    expect(actorOf({ user: null, door: 'other', details: {} })).toBe('Other')
    expect(actorOf({ user: null, door: 'visowork', details: { byLink: true } })).toBe('Signed link')
  })
})
