import { describe, expect, it } from 'vitest';
import { readsTheSame, searchedOwner, walletOf, type Caller } from './callers';
import type { Scope } from './scopes';

const A = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const B = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc';
const caller = (scopes: readonly Scope[], who: Partial<Caller> = {}): Caller =>
  ({ token: 't', name: 'API key', scopes: new Set(scopes), ...who });

describe('what was read before a sign-in ended', () => {
  it('is kept for the same subject or wallet with the same scopes', () => {
    expect(readsTheSame(caller(['ledger:read', 'admin'], { subject: 'operator' }),
      caller(['admin', 'ledger:read'], { subject: 'operator', token: 'newer' }))).toBe(true);
    expect(readsTheSame(caller(['ledger:read:own'], { owner: A }),
      caller(['ledger:read:own'], { owner: A.toLowerCase() }))).toBe(true);
  });
  it('is not for another one, nor with fewer scopes', () => {
    expect(readsTheSame(caller(['ledger:read'], { subject: 'one' }), caller(['ledger:read'], { subject: 'two' })))
      .toBe(false);
    expect(readsTheSame(caller(['ledger:read:own'], { owner: A }), caller(['ledger:read:own'], { owner: B })))
      .toBe(false);
    expect(readsTheSame(caller(['ledger:read', 'finance:read'], { subject: 'one' }),
      caller(['ledger:read'], { subject: 'one' }))).toBe(false);
    expect(readsTheSame(caller(['ledger:read'], { subject: 'one' }), caller(['finance:read'], { subject: 'one' })))
      .toBe(false);
  });
  it('is not for API keys, which do not say whose they are', () => {
    expect(readsTheSame(caller(['ledger:read']), caller(['ledger:read']))).toBe(false);
  });
});

describe('the wallet of a caller', () => {
  it('is the subject of its token where that is an address and reads its own ledger alone', () => {
    expect(walletOf(caller(['ledger:read:own'], { subject: A }))).toBe(A);
    expect(walletOf(caller(['ledger:read:own'], { subject: 'a person' }))).toBeUndefined();
    expect(walletOf(caller(['ledger:read', 'ledger:read:own'], { subject: A }))).toBeUndefined();
    expect(walletOf(caller(['usage:write'], { subject: A }))).toBeUndefined();
    expect(walletOf(caller(['ledger:read:own']))).toBeUndefined();
  });
  it('is what a search names where the caller reads one wallet and does not say which', () => {
    expect(searchedOwner(caller(['ledger:read:own']), B)).toBe(B);
    expect(searchedOwner(caller(['ledger:read:own'], { owner: A }), B)).toBe(A);
    expect(searchedOwner(caller(['ledger:read:own']), '33')).toBeUndefined();
    expect(searchedOwner(caller(['ledger:read']), B)).toBeUndefined();
  });
});
