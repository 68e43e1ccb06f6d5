import { describe, expect, it } from 'vitest';
import { claimsOf } from './scopes';

const jwt = (claims: object) =>
  `e30.${btoa(JSON.stringify(claims)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')}.c2ln`;

describe('the claims of a token', () => {
  it('are its roles, as a list or as words', () => {
    expect(claimsOf(jwt({ sub: 'operator', roles: ['ledger:read', 'admin'] })))
      .toEqual({ scopes: new Set(['ledger:read', 'admin']), subject: 'operator' });
    expect(claimsOf(jwt({ scope: 'ledger:read:own' })).scopes).toEqual(new Set(['ledger:read:own']));
    expect(claimsOf(jwt({ roles: [] })).scopes).toEqual(new Set());
  });
  it('are unknown for an API key, for roles of another name, and for what is no token', () => {
    expect(claimsOf('nlk_0123_abc').scopes).toBeUndefined();
    expect(claimsOf(jwt({ roles: ['cfo'] })).scopes).toBeUndefined();
    expect(claimsOf(jwt({ roles: 7 })).scopes).toBeUndefined();
    expect(claimsOf('a.b.c')).toEqual({ scopes: undefined, subject: undefined });
    expect(claimsOf('').scopes).toBeUndefined();
  });
});
