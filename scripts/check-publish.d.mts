export declare const missingAddresses: (manifest: Readonly<Record<string, unknown>>) => string[]
