import { tmpdir } from 'node:os'

/** What this process serves to its disposable hosts; others that run tests beside it have their own. */
export const artifacts = `${tmpdir()}/chv-doctor-artifacts-${process.pid}`
