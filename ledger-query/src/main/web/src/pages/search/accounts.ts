/** An account that a posting names. */
export type Account =
  | { readonly kind: 'outside' }
  | { readonly kind: 'ledger'; readonly owner: string }
  | { readonly kind: 'sub-account'; readonly owner: string; readonly provider: string; readonly service: string }
  | { readonly kind: 'provider'; readonly provider: string };

/**
 * Reads `outside`, `ledger:<owner>`, `sub-account:<owner>:<provider>:<service>` or `provider:<provider>`; undefined for
 * any other.
 *
 * @param known addresses with their checksums, which postings have not
 */
export function accountOf(name: string, known: readonly string[] = []): Account | undefined {
  const [kind, first, second, service] = name.split(':');
  const address = (lower: string) => known.find(each => each.toLowerCase() === lower.toLowerCase()) ?? lower;
  if (name === 'outside') {
    return { kind: 'outside' };
  }
  if (kind === 'ledger' && first !== undefined) {
    return { kind, owner: address(first) };
  }
  if (kind === 'provider' && first !== undefined) {
    return { kind, provider: address(first) };
  }
  return kind === 'sub-account' && first !== undefined && second !== undefined && service !== undefined
    ? { kind, owner: address(first), provider: address(second), service } : undefined;
}
