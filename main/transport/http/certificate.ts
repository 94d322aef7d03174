import { createPrivateKey, X509Certificate } from 'node:crypto'
import fs from 'node:fs/promises'
import { isIP } from 'node:net'
import path from 'node:path'
import { makeFolderDurably, replaceFileDurably } from '../../platform/files/index.ts'
import { machineNames, networkAddresses } from './host-names.ts'

const DAY_MS = 86_400_000
/** Some systems take no certificate that is good for more than 825 days. */
const GOOD_FOR_DAYS = 820
const RENEW_DAYS_BEFORE = 30
/** Clocks of other machines may be behind. */
const BACKDATED_DAYS = 2

/** What a TLS server shows, and what it proves it with. */
export interface Certificate {
  /** Both PEM. */
  readonly key: string
  readonly certificate: string
  /** SHA-256 of the certificate, `AB:CD:…`, as browsers and `openssl x509 -fingerprint -sha256` show it. */
  readonly fingerprint: string
}

/**
 * The library's own certificate, out of `folder`; made when there is none, and again when it is broken, about to end
 * or does not name `host`. Otherwise it stays the same whichever network the machine is in: a person compared its
 * fingerprint once.
 * @param host a name or address it has to stand for; null when any of the machine's will do.
 * @throws Error of the file system.
 */
export async function openCertificate(folder: string, host: string | null, now = Date.now()): Promise<Certificate> {
  const files = { key: path.join(folder, 'key.pem'), certificate: path.join(folder, 'certificate.pem') }
  const stored = await read(files)
  if (stored && isGood(stored, host, now)) return { ...stored, fingerprint: fingerprintOf(stored) }
  const made = await make(host, now)
  await makeFolderDurably(folder)
  replaceFileDurably(files.key, made.key)
  replaceFileDurably(files.certificate, made.certificate)
  return { ...made, fingerprint: fingerprintOf(made) }
}

type Pair = Pick<Certificate, 'key' | 'certificate'>

async function read(files: Pair): Promise<Pair | null> {
  try {
    return { key: await fs.readFile(files.key, 'utf8'), certificate: await fs.readFile(files.certificate, 'utf8') }
  } catch {
    return null
  }
}

function isGood({ key, certificate }: Pair, host: string | null, now: number): boolean {
  try {
    const parsed = new X509Certificate(certificate)
    const named = host === null || (isIP(host) ? parsed.checkIP(host) : parsed.checkHost(host)) !== undefined
    const lasts = Date.parse(parsed.validTo) - now > RENEW_DAYS_BEFORE * DAY_MS
    return named && lasts && Date.parse(parsed.validFrom) <= now && parsed.checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

async function make(host: string | null, now: number): Promise<Pair> {
  // Loaded when it is wanted: most machines never make a certificate.
  const { generate } = await import('selfsigned')
  const names = new Set([
    ...['localhost', '127.0.0.1', '::1', ...machineNames(), ...networkAddresses()],
    ...(host === null ? [] : [host]),
  ])
  const notBefore = now - BACKDATED_DAYS * DAY_MS
  const made = await generate([{ name: 'commonName', value: 'Fieldreel' }], {
    ...{ keyType: 'ec', curve: 'P-256', algorithm: 'sha256' },
    notBeforeDate: new Date(notBefore),
    notAfterDate: new Date(notBefore + GOOD_FOR_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...names].map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return { key: made.private, certificate: made.cert }
}

function fingerprintOf({ certificate }: Pair): string {
  return new X509Certificate(certificate).fingerprint256
}
