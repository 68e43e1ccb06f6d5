import { describe, expect, it } from 'vitest';
import { transactionOf, typeName } from './entryWords';

describe('the transaction of an evidence', () => {
  it('is that of what is inside an unverified one', () => {
    const log = { kind: 'log' as const, transaction_hash: '0x1', log_index: 0, emitter: '0x2' };
    expect(transactionOf({ kind: 'unverified', evidence: log, implementation: '0x3' })).toBe('0x1');
    expect(transactionOf(log)).toBe('0x1');
  });
  it('is none of a snapshot, nor where the passing of time was the cause', () => {
    expect(transactionOf({ kind: 'snapshot', from_block: 1, to_block: 2 })).toBeUndefined();
    expect(transactionOf(undefined)).toBeUndefined();
  });
});

describe('a type of entries', () => {
  it('has a name, and one that is newer than the page is its own', () => {
    expect(typeName('fees-settled.v1')).toBe('Fees settled');
    expect(typeName('pool-opened.v1')).toBe('pool-opened.v1');
  });
});
