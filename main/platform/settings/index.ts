export { settingsMigrations } from './migrations.ts'
export { Secrets, type SigningSecret } from './secrets.ts'
export { Settings } from './settings.ts'
