declare module 'proxy-from-env' {
  /** The proxy that the environment names for an address, or the empty string. */
  export const getProxyForUrl: (url: string) => string
}
