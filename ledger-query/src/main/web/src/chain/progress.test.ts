import { describe, expect, it } from 'vitest';
import { progressOf } from './progress';

const ledger = (block: number, ...entries: { id: string; block: number }[]) => ({ block, finalized: false, entries });

describe('a transaction that was sent', () => {
  it('is recorded once the ledger shows it, whatever the node says', () => {
    const shown = ledger(35, { id: '1-1', block: 35 });
    for (const mined of [undefined, { state: 'unknown' as const }, { state: 'reverted' as const, block: 35 }]) {
      expect(progressOf(mined, shown)).toEqual({ state: 'recorded', block: 35, finalized: false });
    }
  });
  it('is not ended by the node alone: the ledger must be as of its block', () => {
    expect(progressOf({ state: 'mined', block: 36 }, ledger(35))).toEqual({ state: 'mined', block: 36 });
    expect(progressOf({ state: 'reverted', block: 36 }, ledger(35))).toEqual({ state: 'mined', block: 36 });
    expect(progressOf({ state: 'reverted', block: 36 }, ledger(36))).toEqual({ state: 'reverted', block: 36 });
    expect(progressOf({ state: 'mined', block: 36 }, ledger(36))).toEqual({ state: 'unchanged', block: 36 });
  });
  it('is on its way while nobody has seen it in a block, also after a fork has taken it out of one', () => {
    expect(progressOf(undefined, undefined)).toEqual({ state: 'sent' });
    expect(progressOf({ state: 'waiting' }, ledger(40))).toEqual({ state: 'sent' });
    expect(progressOf({ state: 'unknown' }, ledger(40))).toEqual({ state: 'sent' });
  });
});
