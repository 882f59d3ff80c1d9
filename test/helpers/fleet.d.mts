import type { Report } from '../../src/contract/report.ts'

export declare const fleetReports: (count: number) => readonly Report[]
export declare const writeFleet: (directory: string, count: number) => readonly string[]
