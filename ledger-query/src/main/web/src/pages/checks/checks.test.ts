import { expect, test } from 'vitest';
import { guardedBlocks, ownersInQuarantine } from './checks';

test('blocks are counted with both ends', () => {
  expect(guardedBlocks([{ from: 1, to: 33, guard: 'proved' }, { from: 34, to: 34, guard: 'none' },
    { from: 35, to: 36, guard: 'compared', compared_at: 40 }])).toEqual({ all: 36, verified: 35 });
  expect(guardedBlocks([])).toEqual({ all: 0, verified: 0 });
});

test('an owner is listed once for each service that has found something', () => {
  const heard = { owner: '0xAb', partition: 1, seq: 5, found_by: 'ledger-command', reason: 'r', parked: 2 } as const;
  const own = { ...heard, owner: '0xCd', found_by: 'ledger-query' } as const;
  expect(ownersInQuarantine([heard, own], [{ owner: '0xab', partition: 1, reason: 'r' },
    { owner: '0xcd', partition: 1, reason: 'other' }])).toEqual([
    { owner: '0xAb', by: 'ledger-command', reason: 'r', parked: 2 },
    { owner: '0xCd', by: 'ledger-query', reason: 'r', parked: 2 },
    { owner: '0xcd', by: 'ledger-command', reason: 'other', parked: undefined },
  ]);
});
