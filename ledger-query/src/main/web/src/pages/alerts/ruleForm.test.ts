import { describe, expect, it } from 'vitest';
import { addressesOf, bodyOf, EMPTY_RULE } from './ruleForm';

const A = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const B = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc';

describe('a rule that is typed', () => {
  it('has amounts in neuron, exactly', () => {
    expect(bodyOf({ ...EMPTY_RULE, threshold: '0.1', recoverAt: '2.000000000000000001' }, false)).toEqual({ body: {
      kind: 'balance-below', balance: 'available', threshold: '100000000000000000',
      recover_at: '2000000000000000001' } });
  });
  it('leaves out what is empty, and what its kind does not have', () => {
    expect(bodyOf({ ...EMPTY_RULE, kind: 'refund-claimable', threshold: '1', provider: A, count: '5' }, false))
      .toEqual({ body: { kind: 'refund-claimable' } });
    expect(bodyOf({ ...EMPTY_RULE, threshold: '1' }, false)).toEqual({ body: { kind: 'balance-below',
      balance: 'available', threshold: '1000000000000000000' } });
  });
  it('is about some wallets, and about itself where it is of a wallet', () => {
    const form = { ...EMPTY_RULE, kind: 'refund-claimable' as const, owners: `${A},\n${B} ${A}` };
    expect(bodyOf(form, false)).toEqual({ body: { kind: 'refund-claimable', owners: [A, B] } });
    expect(bodyOf(form, true)).toEqual({ body: { kind: 'refund-claimable' } });
  });
  it('lags by blocks or by a time', () => {
    const form = { ...EMPTY_RULE, kind: 'following-behind' as const, count: '20' };
    expect(bodyOf({ ...form, unit: 'blocks' }, false)).toEqual({ body: { kind: 'following-behind', blocks: 20 } });
    expect(bodyOf({ ...form, unit: 'minutes' }, false))
      .toEqual({ body: { kind: 'following-behind', for_seconds: 1200 } });
  });
  it('is refused where an amount, a time or an address is none', () => {
    expect(bodyOf({ ...EMPTY_RULE, threshold: '1e3', owners: '0x12' }, false))
      .toEqual({ wrong: { threshold: expect.any(String), owners: expect.any(String) } });
    expect(bodyOf({ ...EMPTY_RULE, threshold: '0' }, false)).toEqual({ wrong: { threshold: 'No amount is below 0.' } });
    expect(bodyOf({ ...EMPTY_RULE, threshold: '2', recoverAt: '1' }, false))
      .toEqual({ wrong: { recoverAt: expect.any(String) } });
    expect(bodyOf({ ...EMPTY_RULE, kind: 'provider-silent', count: '' }, false))
      .toEqual({ wrong: { count: expect.any(String) } });
    expect(bodyOf({ ...EMPTY_RULE, kind: 'provider-silent', count: '5', unit: 'blocks' }, false))
      .toEqual({ wrong: { count: expect.any(String) } });
  });
  it('finds the addresses of a text', () => {
    expect(addressesOf('')).toEqual([]);
    expect(addressesOf(`${A};${B}`)).toEqual([A, B]);
    expect(addressesOf(`${A} and ${B}`)).toBeUndefined();
  });
});
