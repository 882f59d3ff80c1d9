/** Public keys of those who sign what the catalogue lists: binary OpenPGP keys without foreign signatures. */
export interface SigningKey {
  readonly owner: string
  /** What identifies the key: everything else about it can be verified with this. */
  readonly fingerprint: string
  readonly base64: string
}

/** "UEC Image Automatic Signing Key <cdimage@ubuntu.com>", RSA 4096; the Ubuntu package ubuntu-keyring has it too. */
const ubuntuCloudImages = [
  'mQINBEqwKTUBEAC8V01JGfeYVVlwlcr0dmwF8n+We/lbxwArjR/gZlH7/MJEZnALQHUrDTpD3SkfbsjQgeNt8eS3Jyzoc2r3',
  't2nos4rXPH4kIzAvtqslz6Ns4ZYjoHVkVC2oV8vYbxER+3/lDjTWVII7omtDVvqH33QlqYZ8+bQbs21lZb2ROJIQCiH0Yzaq',
  'YR0I2SEykBL873V0ygdyW/mCMwniXTLUyGAUV4/28NOzw/6LGvJElJe4UqwQxl/aXtPIJjPka8LA8+nDi5/u6WEgDWgBhLEH',
  'vQG1BNdttm3WCjbu4zS3mNfNBidTamZfOaMJUZVYxhOB5kNQqyR4eYqFK/U+305eLrZ05ocadsmcQWkHQVbgt+g4yyFNl56N',
  '5AirkFjVtfArkUJfINGgJ7gkSeyqTJK24f33vsIpPwRQ5eFn7H4PwGc0Piym73YLJnlR94LNEG0ceOJ7u1r+WuaesIj+lKIZ',
  'sG/rRLf7besaMCCtPcimVgEAmBoIdpTpdP3aa54w/dvfSwW47mGY14G5PBk/0MDy2Y5HOeXat3RXpGZZFh7zbwSQ93RhYH3b',
  'NPNd5lMu3ZRkYX19FWxoLCi5lx4K3flYhiolZ5i4KxJCoGRobsKjm74Xv2QlvCXYyAk5BnAQCsu5hKZ1sOhQADCcKz1Zbg8J',
  'Rc3vmelaJ/VFvHTzs4hJTUvOowARAQABtDRVRUMgSW1hZ2UgQXV0b21hdGljIFNpZ25pbmcgS2V5IDxjZGltYWdlQHVidW50',
  'dS5jb20+iQJRBBMBCgA7AhsDAheAFiEE0utEYm/dwwtRPVu3Gl1sTH24fIEFAmiv5esFCwkIBwICIgIGFQoJCAsCBBYCAwEC',
  'HgcACgkQGl1sTH24fIFdOhAAt/AooKkrzvBbVdOSkQTsK/JdMP5HeO9vyY1H8xfgpMt4Co82tFjOzwyMbCYQM8cMg90MyRuU',
  '+y4Ql0Jebahem+f4/0eNVRks1tneMnMSQftNc4RW3SyPN/j26R/SwbQyNTkC+hrfjESUTL9H+z7fRuF1VFcyyZBv4dLOO8iF',
  'wEKydcuUk4z7Vih1ooSnC0LR5kimMkjri1TDxUKm19YTW39tqdlbTnwv4LC4Yd7G0KRHwxODGoHmmsGbGGSu4zHYzkkPCeOH',
  'qhoyHysbv461dL/mDZv/KfRoPNPoujZfvMGhlCQWAhdg1nNmlMp+ufwpK8wtVJVViVzww6gMXElvNevMSi7anpaEM7nmAslZ',
  'xeFd7tw/zS0KIfk94RbVdcNhFJKxanTP6iCmepP6U52epiM8fnqoiu0EWa4CNlJcNd821/cw3XiHwtTjUMX+WQ8lAwgC4eLt',
  'HTooNBtgEkFcURKS+tNMeTbKRU49zhibL4ShScB20JHr8XDDRLeiprmx4HA8fikTuTzajI+GwhkzTOkEVoYtbdyUmT1rr9TK',
  '3Uh7MSuLgNOR8XwaNjMtLnmqqP61WzIRYDWNMuQKG1DoEZCZ7dMZiv7gwvuyTOk72554C2T3mgY8tD1SqUIpOQN/IfItTK5t',
  '2ZXZSzz8r4zAuI3aoe7+KUuC0A9mYqFlkZI=',
].join('')

export const signingKeys: Readonly<Record<string, SigningKey>> = {
  'ubuntu-cloud-images': {
    owner: 'Canonical (UEC Image Automatic Signing Key)',
    fingerprint: 'D2EB44626FDDC30B513D5BB71A5D6C4C7DB87C81',
    base64: ubuntuCloudImages,
  },
}
