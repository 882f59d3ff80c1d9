/** JSON as a type: what facts, arguments of fixes and reports consist of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
