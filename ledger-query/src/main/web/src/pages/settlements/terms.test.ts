import { expect, test } from 'vitest';
import { addsUp, choicesOf, costOf, frozenReportOf, isOver, monthName, openingText, proposalOf,
  reportOf, sumsOf, unitsText, type Discrepancy, type UsageEntry } from './terms';

test('a month has a name, and an end', () => {
  expect(monthName('2026-10')).toBe('October 2026');
  expect(monthName('soon')).toBe('soon');
  expect(isOver('2026-12', Date.UTC(2027, 0, 1))).toBe(true);
  expect(isOver('2026-12', Date.UTC(2026, 11, 31, 23, 59, 59))).toBe(false);
});

test('the rows of a report are summed exactly, and it is seen whether they add up', () => {
  const row = { opening: '5', adjusted: '-2', used: '9007199254740993', unverified_used: '9007199254740993',
    settled: '1', written_off: '1', closing: '9007199254740994' };
  const sums = sumsOf([row, row]);
  expect(sums.used).toBe(18014398509481986n);
  expect(sums.unverified_used).toBe(18014398509481986n);
  expect(addsUp(sums)).toBe(true);
  expect(addsUp({ ...sums, closing: sums.closing + 1n })).toBe(false);
});

test('a closing names a frozen report by what its bytes say', () => {
  const as_of = { block: 34, block_hash: '0xb6', block_time: '2026-11-28T13:19:45Z', finalized: false, behind: false };
  expect(frozenReportOf('ae5f', { as_of, positions: [6, 8], previous: '0c7e' } as never)).toEqual({ hash: 'ae5f',
    previous: '0c7e', block: 34, block_hash: '0xb6', block_time: '2026-11-28T13:19:45Z', finalized: false,
    positions: [6, 8] });
  expect(frozenReportOf('ae5f', { as_of } as never)).toBeUndefined();
});

test('only the newest decision waits for another person', () => {
  const proposed = { number: 1, kind: 'closing-proposed', by: 'ann', at: '2026-11-02T09:30:00Z' } as const;
  expect(proposalOf({ state: 'closing-proposed', decisions: [proposed] })).toBe(proposed);
  expect(proposalOf({ state: 'closed', decisions: [proposed, { ...proposed, number: 2, kind: 'closed' }] }))
    .toBeUndefined();
  expect(proposalOf({ state: 'reopening-proposed', decisions: [proposed] })).toBeUndefined();
  expect(proposalOf({ state: 'open', decisions: [] })).toBeUndefined();
});

test('units cost what they are reported with', () => {
  expect(costOf({ kind: 'images', count: 5, price: '100000000000000000' })).toBe(500000000000000000n);
  expect(costOf({ kind: 'tokens', input: 10, cached_input: 4, output: 3, input_price: '7', cached_input_price: '2',
    output_price: '11' })).toBe(6n * 7n + 4n * 2n + 3n * 11n);
  expect(costOf({ kind: 'priced', lines: [{ kind: 'input-tokens', count: 190, price: '100000000000' },
    { kind: 'output-tokens', count: 5990, price: '320000000000' }] })).toBe(1935800000000000n);
  expect(costOf({ kind: 'unpriced', lines: [] })).toBeUndefined();
});

test('a correction names the request as it was accepted, and nothing else', () => {
  const entry: UsageEntry = { request_id: 'a-1', owner: '0x7', provider: '0x9', service: 'inference-v1.0', model: 'm',
    source: 'direct', units: { kind: 'images', count: 4, price: '1', price_0g: '0' }, pricing: 'verified',
    fee: '4', fee_0g: '0',
    when: '2026-10-01T12:30:00Z', recorded_at: '2026-11-28T13:20:55Z', state: 'counted' };
  expect(reportOf(entry)).toEqual({ request_id: 'a-1', owner: '0x7', provider: '0x9', service: 'inference-v1.0',
    model: 'm', source: 'direct', units: { kind: 'images', count: 4, price: '1' }, fee: '4',
    when: '2026-10-01T12:30:00Z' });
  expect(unitsText(entry.units, String)).toBe('4 images');
  expect(unitsText({ kind: 'seconds', count: 1, price: '1' }, String)).toBe('1 second');
  const clips: UsageEntry = { ...entry, units: { kind: 'priced', lines: [
    { kind: 'cache-write-1h-tokens', count: 1200, price: '1', price_0g: '0' },
    { kind: 'clips', tier: '1080p', count: 1, price: '7', price_0g: '0' }] } };
  expect(reportOf(clips).units).toEqual({ kind: 'priced', lines: [
    { kind: 'cache-write-1h-tokens', count: 1200, price: '1' }, { kind: 'clips', tier: '1080p', count: 1, price: '7' },
  ] });
  expect(unitsText(clips.units, String)).toBe('1200 cache write 1h tokens, 1 clip (1080p)');
  expect(unitsText({ kind: 'unpriced', lines: [] }, String)).toBe('not reported');
});

test('whoever has proposed does not approve', () => {
  const proposal = { number: 1, reason: 'r', by: 'ann', at: '2026-11-02T09:30:00Z' };
  const open = { kind: 'settlement-unreported', state: 'open' } as const;
  expect(choicesOf(open, 'ann')).toEqual(['resolve']);
  expect(choicesOf({ ...open, proposal }, 'ann')).toEqual(['wait', 'revoke']);
  expect(choicesOf({ ...open, proposal }, 'ben')).toEqual(['approve', 'revoke']);
  expect(choicesOf({ ...open, state: 'resolved' }, 'ann')).toEqual(['revoke']);
  expect(choicesOf({ ...open, state: 'retracted' }, 'ann')).toEqual([]);
  expect(choicesOf({ ...open, kind: 'period-report-differs' }, 'ann')).toEqual([]);
});

test('a proposal is opened to approve it only by who is known to be another person', () => {
  const proposal = { by: 'preparer' } as Discrepancy['proposal'] & object;
  expect(openingText({ state: 'open', proposal }, true, 'approver')).toBe('Approve…');
  expect(openingText({ state: 'open', proposal }, true, 'preparer')).toBe('Show…');
  expect(openingText({ state: 'open', proposal }, true, undefined)).toBe('Show…');
  expect(openingText({ state: 'open' }, true, undefined)).toBe('Resolve…');
  expect(openingText({ state: 'resolved' }, true, 'approver')).toBe('Show…');
  expect(openingText({ state: 'open', proposal }, false, 'approver')).toBe('Show');
});
