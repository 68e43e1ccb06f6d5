import { type LedgerClient } from 'neuron-ledger-client/browser';
import { describe, expect, it } from 'vitest';
import { linesOf, partBefore, readPart, type AccessLogLine } from './accessRecords';

const line = (position: number, entry: object) => ({ position, published: '', record: { at: `at ${position}`, entry } }
) as unknown as AccessLogLine;
const asked = (position: number, request: string) => line(position, { type: 'asked', request });
const answered = (position: number, request: string) => line(position, { type: 'answered', request, status: 200 });

describe('the access log', () => {
  it('is read from its end to its beginning', () => {
    expect(partBefore(450, 0, 200)).toEqual({ from: 250, to: 450 });
    expect(partBefore(50, 10, 200)).toEqual({ from: 10, to: 50 });
    expect(partBefore(10, 10, 200)).toBeUndefined();
  });
  it('has a request with its answer as one line', () => {
    const lines = linesOf([answered(4, 'b'), asked(3, 'b'), asked(2, 'a'), line(1, { type: 'started', service: 's' })],
      true);
    expect(lines.map(each => [each.position, each.asked?.request, each.answered?.status, each.started])).toEqual([
      [3, 'b', 200, undefined], [2, 'a', undefined, undefined], [1, undefined, undefined, 's']]);
  });
  it('leaves an answer for its request, and shows it alone where there is none', () => {
    expect(linesOf([answered(4, 'b')], false)).toEqual([]);
    expect(linesOf([answered(4, 'b')], true)).toHaveLength(1);
  });
  it('shows what cannot be read', () => {
    expect(linesOf([{ position: 7, published: 'garbage' }], false)).toEqual([{ position: 7, unreadable: 'garbage' }]);
  });
  it('has each record once, though the service reads beyond a part', async () => {
    const log = Array.from({ length: 450 }, (_, i) => asked(i, String(i)));
    const ledger = { query: { GET: async (_: string, { params: { query: { from = 0, limit } } }:
    { params: { query: { from?: number; limit: number } } }) => {
      const records = log.slice(from, from + limit);
      return { data: { beginning: 0, next: from + records.length, end: log.length, records, faults: [], chains: [] },
        response: {} };
    } } } as unknown as LedgerClient;
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const part = await readPart(ledger, 'ledger-query', {}, cursor, new AbortController().signal);
      found.push(...part.records.map(each => each.position));
      expect(part.has_more).toBe(part.next_cursor !== undefined);
      cursor = part.next_cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(log.map(each => each.position).reverse());
  });
});
