export declare const problemsOf: (message: string) => string[]
