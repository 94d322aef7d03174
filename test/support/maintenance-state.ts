import type { AuditEvent, Finding, MaintenanceState } from '../../main/contract/index.ts'

/** A library that was verified and found whole, with a backup. */
export function maintenanceState(differences: Partial<MaintenanceState> = {}): MaintenanceState {
  return {
    database: 'good',
    unlisted: { videos: 0, bytes: 0 },
    run: null,
    lastVerify: { finishedAt: '2026-11-12T10:14:00.000Z', objects: 214, bytes: 19.1e9, findings: [] },
    lastRebuild: null,
    lastBackup: {
      ...{ finishedAt: '2026-11-11T18:02:00.000Z', folder: '/media/backup/fieldreel', objects: 214, bytes: 19.1e9 },
      ...{ errorMessage: null, damageMessage: null },
    },
    verifySchedule: 'weekly',
    snapshots: [
      { name: 'fieldreel-2026-11-12.db', madeAt: '2026-11-12T03:00:00.000Z', sizeBytes: 12.4e6, reason: 'daily' },
      { name: 'fieldreel-2026-11-11.db', madeAt: '2026-11-11T03:00:00.000Z', sizeBytes: 12.1e6, reason: 'daily' },
      { name: 'fieldreel-before-012.db', madeAt: '2026-11-10T09:31:00.000Z', sizeBytes: 11.8e6, reason: 'migration' },
    ],
    quarantine: [],
    ...differences,
  }
}

export const FINDINGS: readonly Finding[] = [
  {
    ...{ kind: 'derived', problem: 'missing', path: 'derived/3f/poster.jpg', sha256: null, heals: 'itself' },
    ...{ videoId: null, title: 'Slip road markings, drone', remedy: 'It is made again by itself.' },
  },
  {
    ...{ kind: 'object', problem: 'damaged', path: 'objects/9c/9c41f0', sha256: '9c41f0', heals: 'import' },
    ...{ videoId: '550e8400-e29b-41d4-a716-446655440000', title: 'East gate site walk' },
    remedy: 'Import the same file once more (GX010413.MP4): its good bytes take the place of these.',
  },
  {
    ...{ kind: 'object', problem: 'missing', path: 'objects/1b/1b77aa', sha256: '1b77aa', heals: 'backup' },
    ...{ videoId: '550e8400-e29b-41d4-a716-446655440001', title: 'Culvert dive, north face' },
    remedy: 'Restore it from the backup in /media/backup/fieldreel.',
  },
]

export const QUARANTINE: MaintenanceState['quarantine'] = [
  {
    ...{ id: 'q1', kind: 'object', title: 'Route 12 dashcam, run 3', filename: 'GX010416.MP4', sizeBytes: 3.98e9 },
    ...{ movedAt: '2026-11-12T10:14:00.000Z', keptUntil: '2099-12-12T10:14:00.000Z', restorable: true },
  },
  {
    ...{ id: 'q2', kind: 'upload', title: null, filename: 'yard_walk_east.mov', sizeBytes: 1.17e9 },
    ...{ movedAt: '2026-11-12T10:14:00.000Z', keptUntil: '2099-12-12T10:14:00.000Z', restorable: true },
  },
  {
    ...{ id: 'q3', kind: 'database', title: null, filename: null, sizeBytes: 12.4e6 },
    ...{ movedAt: '2026-10-02T08:00:00.000Z', keptUntil: '2026-11-02T08:00:00.000Z', restorable: false },
  },
]

export const AUDIT: readonly AuditEvent[] = (
  [
    ['signIn', 'failed', null, 'http', '203.0.113.7', { keyPrefix: 'fieldreel_Xq2R', count: 41 }],
    ['keys.delete', 'done', 'owner', 'window', 'k1', { name: 'Reviewer tablet' }],
    ['albums.update', 'done', 'Mara', 'ainative', 'a1', { name: 'East gate handover', visibility: 'unlisted' }],
    ['keys.create', 'failed', 'Ines', 'aionvision', null, { name: 'Mine', code: 'forbidden' }],
    ['tasks.noteExport', 'done', 'owner', 'window', 't1', { name: 'A38 counts', file: 'tracks' }],
    ['videos.delete', 'done', 'owner', 'window', 'v1', { name: 'Drain outflow 02' }],
    ['server.set', 'done', 'owner', 'window', null, { running: true, port: 8787, network: true }],
    ['maintenance.backup', 'done', 'owner', 'command', '/media/backup/fieldreel', {}],
    ['keys.create', 'done', 'owner', 'window', 'k1', { name: 'Reviewer tablet', scopes: ['read'], userName: 'Mara' }],
    ['keys.makeOwner', 'done', 'owner', 'command', 'fieldreel_7hYp', {}],
  ] as const
).map(([action, outcome, user, door, target, details], index) => ({
  ...{ id: 100 - index, at: new Date(Date.UTC(2026, 10, 12, 10, 30) - index * 3_700_000).toISOString() },
  ...{ action, outcome, user, door, target, details },
}))
