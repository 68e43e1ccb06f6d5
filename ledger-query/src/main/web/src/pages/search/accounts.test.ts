import { expect, test } from 'vitest';
import { accountOf } from './accounts';

test('an account is read, and has the checksums that are known', () => {
  expect(accountOf('outside')).toEqual({ kind: 'outside' });
  expect(accountOf('ledger:0xab', ['0xAb'])).toEqual({ kind: 'ledger', owner: '0xAb' });
  expect(accountOf('provider:0xcd')).toEqual({ kind: 'provider', provider: '0xcd' });
  expect(accountOf('sub-account:0xab:0xcd:inference-v1.0', ['0xCd'])).toEqual({ kind: 'sub-account', owner: '0xab',
    provider: '0xCd', service: 'inference-v1.0' });
  expect(accountOf('sub-account:0xab')).toBeUndefined();
  expect(accountOf('pool:0xab')).toBeUndefined();
});
