export const cacheDirectory: string
export const unpacked: (name: string) => string
export const pythonRequirements: string
export const pythonTools: string
export const pythonToolsMark: string
