import type { LedgerQuery } from 'neuron-ledger-client/browser';

export type ModelLine = LedgerQuery['schemas']['UsageStats']['models'][number];

export interface ProviderLine {
  readonly provider: string;
  readonly requests: number;
  readonly cost: bigint;
}

/** The sums by provider of what is by provider and model, the largest first. */
export function byProvider(models: readonly ModelLine[]): ProviderLine[] {
  const sums = new Map<string, ProviderLine>();
  for (const { provider, requests, cost } of models) {
    const before = sums.get(provider) ?? { provider, requests: 0, cost: 0n };
    sums.set(provider, { provider, requests: before.requests + requests, cost: before.cost + BigInt(cost) });
  }
  return [...sums.values()].sort((a, b) =>
    a.cost === b.cost ? a.provider.localeCompare(b.provider) : a.cost > b.cost ? -1 : 1,
  );
}

/** What was served, in the units that there are: `1,200 tokens, 3 images`. */
export function unitsText({
  total_tokens: tokens,
  images,
  seconds,
}: {
  total_tokens: number;
  images: number;
  seconds: number;
}): string {
  const parts = (
    [
      [tokens, 'tokens'],
      [images, 'images'],
      [seconds, 'seconds'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count.toLocaleString('en')} ${unit}`);
  return parts.join(', ') || '—';
}
