import { describe, expect, it } from 'vitest';
import { PAGES, pageOf } from './pages';
import { href, matchPath, placeOf } from './router';

describe('a place', () => {
  it('is what follows the hash, with its query', () => {
    const { path, query } = placeOf('#/wallets/0xab?at_block=5&type=a&type=b');
    expect(path).toBe('/wallets/0xab');
    expect(query.get('at_block')).toBe('5');
    expect(query.getAll('type')).toEqual(['a', 'b']);
  });
  it('that is none is the first page', () => {
    expect(['', '#', '#main', '#?a=b'].map(each => placeOf(each).path)).toEqual(['/', '/', '/', '/']);
  });
  it('is written and read again, whatever its name has', () => {
    const id = 'a/b?c#d %é';
    const { path, query } = placeOf(href(['settlements', id],
      { q: 'x&y=z', none: undefined, empty: '', many: ['1', '2'] }));
    expect(matchPath('/settlements/:id', path)).toEqual({ id });
    expect([...query]).toEqual([['q', 'x&y=z'], ['many', '1'], ['many', '2']]);
  });
  it('with broken encoding matches no page', () => {
    expect(matchPath('/wallets/:owner', '/wallets/%E0%A4%A')).toBeUndefined();
  });
});

describe('a page', () => {
  it('is found by its path, and by no other one', () => {
    expect(pageOf('/')?.page.nav).toBe('Overview');
    expect(pageOf('/wallets/0xab')?.values).toEqual({ owner: '0xab' });
    expect(pageOf('/wallets/0xab/')?.values).toEqual({ owner: '0xab' });
    expect(pageOf('/wallets/0xab/more')).toBeUndefined();
    expect(pageOf('/nothing')).toBeUndefined();
  });
  it('is there once for its pattern', () => {
    const patterns = PAGES.map(each => each.pattern);
    expect(new Set(patterns).size).toBe(patterns.length);
  });
});
