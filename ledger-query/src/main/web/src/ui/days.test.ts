import { describe, expect, it } from 'vitest';
import { amountsAtEnd, amountsOn, daysBetween, lastDays } from './days';

const found = [
  { day: '2026-02-28', amount: '1' },
  { day: '2026-03-01', amount: '-5' },
  { day: '2026-03-01', amount: '2' },
];

describe('the last days', () => {
  it('end with the UTC day of now, on both sides of midnight', () => {
    expect(lastDays(3, Date.parse('2026-03-01T23:59:59.999Z'))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(lastDays(3, Date.parse('2026-03-02T00:00:00Z'))).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
  });
  it('have the sum of each day, and nothing on a day without', () => {
    expect(
      amountsOn(
        ['2026-02-27', '2026-02-28', '2026-03-01'],
        found,
        each => each.day,
        each => each.amount,
      ),
    ).toEqual([0n, 1n, -3n]);
  });
  it('have what was held at the end, which stays until it changes', () => {
    expect(
      amountsAtEnd(
        ['2026-02-27', '2026-02-28', '2026-03-02'],
        found.slice(0, 2),
        each => each.day,
        each => each.amount,
      ),
    ).toEqual([undefined, 1n, -5n]);
  });
  it('hold what was held before them until it changes', () => {
    const held = (days: string[], rows: typeof found) =>
      amountsAtEnd(
        days,
        rows,
        each => each.day,
        each => each.amount,
        '7',
      );
    expect(held(['2026-02-27', '2026-02-28', '2026-03-02'], found.slice(0, 2))).toEqual([7n, 1n, -5n]);
    expect(held(['2026-02-27'], [])).toEqual([7n]);
  });
  it('between two days are both and all between them, also over the end of a month', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(daysBetween('2028-03-01', '2028-03-01')).toEqual(['2028-03-01']);
    expect(daysBetween('2028-03-02', '2028-03-01')).toEqual([]);
  });
});
