import { describe, expect, it } from 'vitest';
import { progressOf, shownByLedger, type ShownByLedger } from './progress';

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
  it('is on its way while the node has it in no block', () => {
    expect(progressOf(undefined, undefined)).toEqual({ state: 'sent' });
    expect(progressOf({ state: 'waiting' }, ledger(40))).toEqual({ state: 'sent' });
  });
  it('is not on its way where the node does not know it, dropped or replaced', () => {
    expect(progressOf({ state: 'unknown' }, ledger(40))).toEqual({ state: 'unknown' });
    expect(progressOf({ state: 'unknown' }, undefined)).toEqual({ state: 'unknown' });
  });
});

describe('what the ledger shows of a transaction', () => {
  /** A ledger that seals its next block after each answer. */
  const sealing = (block: number, shown: (block: number) => ShownByLedger | undefined) => {
    let sealed = block;
    return { asOf: async () => ({ block: sealed++, finalized: false }), entries: async () => shown(sealed++) };
  };
  it('is not nothing as of a block that was sealed after the owner was found without a ledger', async () => {
    const first = (block: number) => (block < 37 ? undefined : ledger(block, { id: '1-1', block: 37 }));
    const shown = await shownByLedger(sealing(35, first));
    expect(shown).toEqual(ledger(35));
    expect(progressOf({ state: 'mined', block: 37 }, shown)).toEqual({ state: 'mined', block: 37 });
  });
  it('is as of the block that the entries name', async () => {
    const one = (block: number) => ledger(block, { id: '1-1', block: 37 });
    expect(await shownByLedger(sealing(36, one))).toEqual(one(37));
    expect(await shownByLedger(sealing(36, () => ledger(30)))).toEqual(ledger(30));
  });
  it('is unknown before its first block', async () => {
    expect(await shownByLedger({ asOf: async () => undefined, entries: async () => undefined })).toBeUndefined();
  });
});
