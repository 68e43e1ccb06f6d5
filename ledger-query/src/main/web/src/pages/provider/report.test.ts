import { describe, expect, it } from 'vitest';
import { rowsByProvider, sharesOf, type PeriodRow } from './report';

describe('what became of the fees of a provider', () => {
  it('is settled, written off or unsettled', () => {
    expect(sharesOf({ settled: '10', written_off: '2', unsettled: '5', unreported: '0' }))
      .toEqual({ settled: 10n, writtenOff: 2n, unsettled: 5n });
  });
  it('is together what was used, also where settlements have taken more than was reported', () => {
    // One sub-account used 7 and settled 10, another one used 8 and settled 3.
    const { settled, writtenOff, unsettled } = sharesOf(
      { settled: '13', written_off: '0', unsettled: '5', unreported: '3' });
    expect({ settled, writtenOff, unsettled }).toEqual({ settled: 10n, writtenOff: 0n, unsettled: 5n });
    expect(settled + writtenOff + unsettled).toBe(15n);
  });
  it('is never negative, where more was written off than was reported', () => {
    expect(sharesOf({ settled: '2', written_off: '5', unsettled: '0', unreported: '4' }))
      .toEqual({ settled: 0n, writtenOff: 3n, unsettled: 0n });
  });
  it('is found by the address of the provider', () => {
    const row = { provider: '0xA', closing: '1' } as unknown as PeriodRow;
    expect(rowsByProvider([row]).get('0xA')).toBe(row);
    expect(rowsByProvider([row]).get('0xB')).toBeUndefined();
  });
});
