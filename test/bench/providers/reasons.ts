/** Where our table deliberately says something else than the public list, and why. */
const reasons: readonly { readonly domains: readonly string[]; readonly direction: 'incoming' | 'outgoing' | 'both'; readonly reason: string }[] = []

export function reasonFor(domain: string, direction: 'incoming' | 'outgoing'): string | null {
  return reasons.find((one) => one.domains.includes(domain) && (one.direction === 'both' || one.direction === direction))?.reason ?? null
}
