import { describe, expect, it } from 'vitest';
import { typeName } from './entryWords';

describe('a type of entries', () => {
  it('has a name, and one that is newer than the page is its own', () => {
    expect(typeName('fees-settled.v1')).toBe('Fees settled');
    expect(typeName('pool-opened.v1')).toBe('pool-opened.v1');
  });
});
