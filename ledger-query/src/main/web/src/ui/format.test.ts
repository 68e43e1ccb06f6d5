import { describe, expect, it } from 'vitest';
import { amountText, grouped, permille, secondsUntil, shortened, shownAmount, spanText, utcText } from './format';

describe('an amount', () => {
  it('has all its digits, in groups, without a rounded one', () => {
    expect(amountText('1234567000000000000000001')).toBe('1,234,567.000000000000000001 0G');
    expect(amountText('0')).toBe('0 0G');
    expect(amountText(10n ** 18n)).toBe('1 0G');
    expect(amountText((2n ** 256n - 1n).toString()))
      .toBe('115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457.584007913129639935 0G');
  });
  it('is cut after the sixth decimal for the eye alone', () => {
    expect(shownAmount('8265012345319898000')).toEqual({ whole: '8', fraction: '.265012', fine: '345319898' });
    expect(shownAmount('-500000000000000000')).toEqual({ whole: '−0', fraction: '.5', fine: '' });
  });
  it('that is none is refused', () => {
    expect(() => shownAmount('1.5')).toThrow(RangeError);
    expect(() => shownAmount('1e18')).toThrow(RangeError);
  });
  it('has a share in thousandths, and what is there is never nothing', () => {
    expect(permille(1n, 10n ** 30n)).toBe(1);
    expect(permille(1n, 3n)).toBe(333);
    expect(permille(5n, 5n)).toBe(1000);
    expect(permille(6n, 5n)).toBe(1000);
    expect(permille(0n, 5n)).toBe(0);
    expect(permille(5n, 0n)).toBe(0);
  });
});

describe('a text', () => {
  it('of digits is grouped by three', () => {
    expect([grouped(0), grouped(999), grouped(1000), grouped('1234567'), grouped('-1234')])
      .toEqual(['0', '999', '1,000', '1,234,567', '-1,234']);
  });
  it('of an address is shortened, a short one is not', () => {
    expect(shortened('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')).toBe('0x7099…79C8');
    expect(shortened('13-39')).toBe('13-39');
  });
  it('of a moment is in UTC to the second', () => {
    expect(utcText('2026-11-28T05:00:54.767438551Z')).toBe('2026-11-28 05:00:54 UTC');
  });
});

describe('a countdown', () => {
  it('names the two largest units, on both sides of each limit', () => {
    expect([0, 1, 59, 60, 61, 3599, 3600, 86_399, 86_400, 90_000].map(spanText)).toEqual(['0 s', '1 s', '59 s', '1 min',
      '1 min 1 s', '59 min 59 s', '1 h', '23 h 59 min', '1 d', '1 d 1 h']);
  });
  it('is over at the very second', () => {
    const now = Date.parse('2026-11-28T05:00:54Z');
    expect(secondsUntil('2026-11-28T05:00:54Z', now)).toBe(0);
    expect(secondsUntil('2026-11-28T05:00:55Z', now)).toBe(1);
    expect(secondsUntil('2026-11-28T05:00:53Z', now)).toBe(-1);
    expect(spanText(-5)).toBe('0 s');
  });
});
