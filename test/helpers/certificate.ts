/** A certificate for 127.0.0.1 and localhost that its own authority signed. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** @returns key and certificate for a server; `path` is what clients have to trust */
export const makeCertificate = (directory: string): { key: Buffer; cert: Buffer; path: string } => {
  const path = `${directory}/cert.pem`
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
      .concat(['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'])
      .concat(['-keyout', `${directory}/key.pem`, '-out', path]),
    { stdio: 'ignore' },
  )
  return { key: readFileSync(`${directory}/key.pem`), cert: readFileSync(path), path }
}
