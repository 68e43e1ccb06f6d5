import { describe, expect, it } from 'vitest';
import { momentOf } from './Moment';

const of = (query: string) => momentOf(new URLSearchParams(query));

describe('the moment of a place', () => {
  it('is now unless it names a block or a time', () => {
    expect(of('')).toEqual({ past: false, at: {} });
    expect(of('at_block=0')).toEqual({ past: true, at: { at_block: 0 } });
    expect(of('at_time=2026-11-29T00:41:18Z')).toEqual({ past: true, at: { at_time: '2026-11-29T00:41:18Z' } });
  });
  it('that is none is not now: the ledger refuses it', () => {
    expect(of('at_block=abc')).toEqual({ past: true, at: { at_block: NaN } });
    expect(of('at_block=')).toEqual({ past: true, at: { at_block: NaN } });
  });
  it('is the block where both are named, as the ledger takes one of them', () => {
    expect(of('at_block=7&at_time=2026-11-29T00:41:18Z')).toEqual({ past: true, at: { at_block: 7 } });
  });
});
