import type { LedgerQuery } from 'neuron-ledger-client/browser';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EvidenceOf } from './EvidenceOf';

const TRANSACTION = `0x${'a1'.repeat(32)}`;
const EMITTER = `0x${'b2'.repeat(20)}`;
const LOG = { kind: 'log', transaction_hash: TRANSACTION, log_index: 3, emitter: EMITTER } as const;

/** What is read, without the marks. */
const shown = (of: LedgerQuery['schemas']['Evidence'], brief = false) =>
  renderToStaticMarkup(<EvidenceOf of={of} brief={brief} />).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();

describe('the evidence of a fact', () => {
  it('is the log with its contract and transaction', () => {
    expect(shown(LOG)).toBe('log 3 of 0xb2b2…b2b2 in 0xa1a1…a1a1');
    expect(shown(LOG, true)).toBe('log 0xa1a1…a1a1');
  });
  it('is the transaction, or the call inside of it', () => {
    expect(shown({ kind: 'transaction', transaction_hash: TRANSACTION })).toBe('transaction 0xa1a1…a1a1');
    expect(shown({ kind: 'trace', transaction_hash: TRANSACTION })).toBe('trace of 0xa1a1…a1a1');
  });
  it('is the states between which it happened, where nothing else shows it', () => {
    expect(shown({ kind: 'snapshot', from_block: 1_000, to_block: 1_001 }))
      .toBe('snapshot of the states at block 1,000 and 1,001');
    expect(shown({ kind: 'unexplained', from_block: 1, to_block: 2 }))
      .toBe('unexplained of the states at block 1 and 2');
  });
  it('is what unknown code emitted, with that code', () => {
    const unverified = { kind: 'unverified', evidence: LOG, implementation: EMITTER } as const;
    expect(shown(unverified)).toBe('unverified log 3 of 0xb2b2…b2b2 in 0xa1a1…a1a1, of code that nobody has looked at: '
      + '0xb2b2…b2b2');
    expect(shown(unverified, true)).toBe('unverified 0xa1a1…a1a1');
  });
});
