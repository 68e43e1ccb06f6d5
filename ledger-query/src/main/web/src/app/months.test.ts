import { describe, expect, it } from 'vitest';
import { isMonth, monthsUntil, periodOf } from './months';

describe('a month', () => {
  it('is among the last ones, over the end of a year', () => {
    expect(monthsUntil('2027-01-31', 3)).toEqual(['2027-01', '2026-12', '2026-11']);
  });
  it('is one of a year', () => {
    expect(['2026-10', '2026-13', '2026-1', 'x'].filter(isMonth)).toEqual(['2026-10']);
  });
  it('is its first and its last day', () => {
    expect(periodOf('2026-02')).toEqual({ start_date: '2026-02-01', end_date: '2026-02-28' });
    expect(periodOf('2028-02').end_date).toBe('2028-02-29');
    expect(periodOf('2026-12').end_date).toBe('2026-12-31');
  });
});
