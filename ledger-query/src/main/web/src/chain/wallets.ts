/** What a wallet offers to pages (EIP-1193). */
export interface Eip1193 {
  request(call: { method: string; params?: readonly unknown[] | object }): Promise<unknown>;
}

/** A wallet that has announced itself (EIP-6963). */
export interface AnnouncedWallet {
  readonly id: string;
  readonly name: string;
  readonly provider: Eip1193;
}

/** Reports the wallets of this browser, again whenever one announces itself; ends with what it returns. */
export function discoverWallets(found: (wallets: readonly AnnouncedWallet[]) => void): () => void {
  const known = new Map<string, AnnouncedWallet>();
  const announced = (event: Event) => {
    const detail = (event as CustomEvent<{ info?: { uuid?: unknown; name?: unknown }; provider?: unknown }>).detail;
    const { uuid, name } = detail?.info ?? {};
    if (typeof uuid === 'string' && typeof name === 'string' && detail.provider !== null
      && typeof detail.provider === 'object') {
      known.set(uuid, { id: uuid, name, provider: detail.provider as Eip1193 });
      found([...known.values()]);
    }
  };
  window.addEventListener('eip6963:announceProvider', announced);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  return () => window.removeEventListener('eip6963:announceProvider', announced);
}

/** The code with which a person says no in the wallet (EIP-1193). */
const REJECTED = 4001;

/** What a wallet says when it refuses, as a sentence. */
export function walletSentence(e: unknown): string {
  const { code, message, shortMessage } = (e ?? {}) as { code?: unknown; message?: unknown; shortMessage?: unknown };
  const cause = (e as { cause?: { code?: unknown } } | undefined)?.cause;
  if (code === REJECTED || cause?.code === REJECTED) {
    return 'It was refused in the wallet. Nothing was signed.';
  }
  return `The wallet says: ${String(shortMessage ?? message ?? e)}`;
}
