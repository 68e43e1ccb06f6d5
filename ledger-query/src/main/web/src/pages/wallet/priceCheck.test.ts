import { expect, test } from 'vitest';
import { priceWords } from './priceCheck';

test('a difference names its likely reason, if one is known', () => {
  expect(priceWords({ state: 'differs', reason: 'other-tier' }).tip).toContain('Likely reason: The prices are those');
  expect(priceWords({ state: 'differs' }).tip).toContain('No reason is known');
});

test('what cannot be compared is not called a difference', () => {
  expect(priceWords({ state: 'unknown', reason: 'no-price' })).toEqual({
    tone: 'idle',
    word: 'unknown',
    tip: 'The provider had published no price',
  });
  expect(priceWords({ state: 'equal' }).word).toBe('as published');
});
