import { openCertificate } from './certificate.ts'
import { isLoopback } from '../../base/ip-address.ts'
import { isWildcard, machineNames, networkAddresses } from './host-names.ts'
import { startServer, type HttpServer, type ServerOptions } from './server.ts'

/** Where a server is wanted, and for whom. */
export interface ServeWhere {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Whether it speaks TLS, with the library's own certificate; by default wherever others than this machine come in. */
  readonly tls?: boolean
  /** Answers only under the names and addresses that this machine knows itself by; see `Bound.names`. */
  readonly ownNamesOnly?: boolean
  /** Of one key or address; 6,000 when not said. */
  readonly requestsPerMinute?: number
}

/** What every server of one engine has in common. */
export type Served = Pick<
  ServerOptions,
  | 'health'
  | 'operations'
  | 'onSignInFailed'
  | 'answers'
  | 'authenticate'
  | 'checkSignature'
  | 'sign'
  | 'log'
  | 'version'
  | 'receiveVideo'
  | 'trustedProxies'
  | 'allowedHosts'
  | 'allowedOrigins'
  | 'failedSignIns'
> & {
  /** Keeps the certificate. */
  readonly tlsFolder: string
}

/** Starts a server, with a certificate where one is needed. @throws EngineError `unavailable`. */
export async function openServer({ tlsFolder, ...served }: Served, where: ServeWhere): Promise<HttpServer> {
  const { tls = !isLoopback(where.host), ownNamesOnly = false, ...listener } = where
  const certificate = tls ? await openCertificate(tlsFolder, isWildcard(where.host) ? null : where.host) : undefined
  const names = ownNamesOnly ? () => [...networkAddresses(), ...machineNames()] : undefined
  return await startServer({ ...served, ...listener, certificate, names })
}
