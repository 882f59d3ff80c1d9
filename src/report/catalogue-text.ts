import type { SignedOrigin } from '../catalogue/catalogue.ts'

/** @returns "version 3 of 2026-12-01, signed by FINGERPRINT" */
export const catalogueName = ({ version, date, fingerprint }: SignedOrigin): string =>
  `version ${version} of ${date}, signed by ${fingerprint}`
