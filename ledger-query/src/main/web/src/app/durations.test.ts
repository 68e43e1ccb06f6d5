import { describe, expect, it } from 'vitest';
import { instantAfter, secondsOf } from './durations';

describe('a span of time', () => {
  it('is whole seconds', () => {
    expect(secondsOf('15', 'minutes')).toBe(900);
    expect(secondsOf(' 2 ', 'days')).toBe(172_800);
    expect(secondsOf('0', 'seconds')).toBe(0);
  });
  it('is none of what is no whole number, or is too long', () => {
    for (const wrong of ['', '-1', '1.5', '1e3', 'x', '9999999999999']) {
      expect(secondsOf(wrong, 'hours')).toBeUndefined();
    }
    expect(secondsOf('999999999999', 'days')).toBeUndefined();
  });
  it('ends at a whole second', () => {
    expect(instantAfter(Date.parse('2026-12-31T23:59:59.999Z'), 3_600)).toBe('2027-01-01T00:59:59Z');
  });
});
