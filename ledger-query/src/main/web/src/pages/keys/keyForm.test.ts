import { describe, expect, it } from 'vitest';
import { type Scope } from '../../app/scopes';
import { endOf, keyBodyOf, type KeyForm } from './keyForm';
import { givable } from './scopeWords';

const NOW = Date.parse('2026-11-29T23:59:59Z');
const A = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const form = (of: Partial<KeyForm>): KeyForm => ({ name: 'router', scopes: ['finance:read'], owner: '', provider: '',
  until: '2027-02-01', ...of });

describe('a key that is typed', () => {
  it('is bound to a wallet or a provider only with the scope that needs it', () => {
    expect(keyBodyOf(form({ owner: A, provider: A }), NOW)).toEqual({ body: { name: 'router', scopes: ['finance:read'],
      expires_at: '2027-02-01T00:00:00Z' } });
    expect(keyBodyOf(form({ scopes: ['usage:write'], provider: ` ${A}` }), NOW)).toEqual({ body: { name: 'router',
      scopes: ['usage:write'], provider: A, expires_at: '2027-02-01T00:00:00Z' } });
    expect(keyBodyOf(form({ scopes: ['ledger:read:own'] }), NOW)).toEqual({ wrong: { owner: expect.any(String) } });
  });
  it('has a name of printable ASCII, a scope and an end', () => {
    expect(keyBodyOf(form({ name: ' ', scopes: [], until: '' }), NOW)).toEqual({ wrong: { name: expect.any(String),
      scopes: expect.any(String), until: 'A day from 2026-11-30 to 2027-11-30.' } });
    expect(keyBodyOf(form({ name: 'é' }), NOW)).toEqual({ wrong: { name: expect.any(String) } });
    expect(keyBodyOf(form({ name: 'x'.repeat(101) }), NOW)).toEqual({ wrong: { name: expect.any(String) } });
    expect(keyBodyOf(form({ name: 'x'.repeat(100) }), NOW)).toHaveProperty('body');
  });
  it('ends in the future, within 366 days', () => {
    expect(endOf('2026-11-29', NOW)).toBeUndefined();
    expect(endOf('2026-11-30', NOW)).toBe('2026-11-30T00:00:00Z');
    expect(endOf('2027-11-30', NOW)).toBe('2027-11-30T00:00:00Z');
    expect(endOf('2027-12-01', NOW)).toBeUndefined();
  });
  it('can have what its maker has, and the ledger of one wallet from who reads all', () => {
    expect(givable(new Set<Scope>(['ledger:read', 'admin']))).toEqual(['ledger:read', 'ledger:read:own', 'admin']);
    expect(givable(new Set<Scope>(['admin']))).toEqual(['admin']);
  });
});
