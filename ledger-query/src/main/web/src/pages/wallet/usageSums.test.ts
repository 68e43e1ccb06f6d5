import { describe, expect, it } from 'vitest';
import { byProvider, keysOf, unitsText, type ModelLine } from './usageSums';

const line = (provider: string, requests: number, cost: string) =>
  ({ provider, model: 'm', requests, cost }) as unknown as ModelLine;

describe('spending', () => {
  it('by provider is exact, the largest first', () => {
    expect(
      byProvider([line('0xb', 1, '1'), line('0xa', 2, '9007199254740993'), line('0xb', 3, '9007199254740993')]),
    ).toEqual([
      { provider: '0xb', requests: 4, cost: 9007199254740994n },
      { provider: '0xa', requests: 2, cost: 9007199254740993n },
    ]);
  });
  it('by key is of those with which most was spent, and says how many more there are', () => {
    const used = (api_key_id: string, fee: string) => ({ api_key_id, fee });
    const usage = [used('c', '5'), used('a', '3'), { fee: '100' }, used('b', '2'), used('b', '2'), used('d', '3')];
    expect(keysOf(usage, 3)).toEqual({ ids: ['a', 'b', 'c'], left: 1 });
    expect(keysOf(usage, 4)).toEqual({ ids: ['a', 'b', 'c', 'd'], left: 0 });
    expect(keysOf([{ fee: '1' }], 3)).toEqual({ ids: [], left: 0 });
  });
  it('has the units that there are', () => {
    expect(unitsText({ total_tokens: 1200, images: 0, seconds: 3, clips: 2 })).toBe(
      '1,200 tokens, 3 seconds, 2 clips',
    );
    expect(unitsText({ total_tokens: 0, images: 0, seconds: 0, clips: 0 })).toBe('—');
  });
});
