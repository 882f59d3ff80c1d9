export const noticesFor: (inputs: readonly string[]) => string
