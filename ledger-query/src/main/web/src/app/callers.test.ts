import { describe, expect, it } from 'vitest';
import { callerOf, readsTheSame, type Caller } from './callers';
import type { Scope } from './scopes';

const A = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const B = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc';
const caller = (scopes: readonly Scope[], who: Partial<Caller> = {}): Caller =>
  ({ token: 't', name: 'somebody', subject: 'somebody', scopes: new Set(scopes), ...who });

describe('what was read before a sign-in ended', () => {
  it('is kept for the same subject and wallet with the same scopes', () => {
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
    expect(readsTheSame(caller(['ledger:read', 'finance:read']), caller(['ledger:read']))).toBe(false);
    expect(readsTheSame(caller(['ledger:read']), caller(['finance:read']))).toBe(false);
  });
});

describe('a caller', () => {
  it('is what the service says of the token', () => {
    expect(callerOf('t', { subject: 'nlk_0123456789abcdef', credential: 'api_key', scopes: ['ledger:read', 'admin'] }))
      .toEqual({ token: 't', name: 'nlk_0123456789abcdef', subject: 'nlk_0123456789abcdef',
        scopes: new Set(['ledger:read', 'admin']) });
  });
  it('has the end of the token where it has one', () => {
    const ends = '2026-11-29T17:00:00Z';
    expect(callerOf('t', { subject: 'u-7', credential: 'oidc_token', scopes: [], ends_at: ends }).endsAt).toBe(ends);
  });
  it('reads one ledger where it is bound to a wallet and does not read all', () => {
    const bound = { subject: 'someone', credential: 'oidc_token', owner: A } as const;
    expect(callerOf('t', { ...bound, scopes: ['ledger:read:own'] }, '0x15…6A65'))
      .toMatchObject({ owner: A, name: '0x15…6A65' });
    expect(callerOf('t', { ...bound, scopes: ['ledger:read', 'ledger:read:own'] }).owner).toBeUndefined();
    expect(callerOf('t', { ...bound, scopes: ['usage:write'] }).owner).toBeUndefined();
  });
});
