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

/**
 * The keys with which most was spent in some requests, at most so many, in order of their ids; and how many more there
 * are.
 */
export function keysOf(
  usage: readonly { readonly api_key_id?: string; readonly fee: string }[],
  max: number,
): { readonly ids: readonly string[]; readonly left: number } {
  const fees = new Map<string, bigint>();
  for (const { api_key_id: id, fee } of usage) {
    if (id !== undefined) {
      fees.set(id, (fees.get(id) ?? 0n) + BigInt(fee));
    }
  }
  const largest = [...fees].sort(([a, x], [b, y]) => (x === y ? a.localeCompare(b) : x > y ? -1 : 1));
  return {
    ids: largest
      .slice(0, max)
      .map(([id]) => id)
      .sort(),
    left: Math.max(0, largest.length - max),
  };
}

/** What was served, in the units that there are: `1,200 tokens, 3 images`. */
export function unitsText({
  total_tokens: tokens,
  images,
  seconds,
  clips,
}: {
  total_tokens: number;
  images: number;
  seconds: number;
  clips: number;
}): string {
  const parts = (
    [
      [tokens, 'tokens'],
      [images, 'images'],
      [seconds, 'seconds'],
      [clips, 'clips'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count.toLocaleString('en')} ${unit}`);
  return parts.join(', ') || '—';
}
