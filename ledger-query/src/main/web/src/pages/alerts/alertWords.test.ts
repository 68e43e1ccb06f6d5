import { describe, expect, it } from 'vitest';
import { conditionText, placeOfAlert, valueText, type Alert, type AlertRule } from './alertWords';

const rule = (of: Partial<AlertRule>) => ({ id: 'r', owners: [], enabled: true, made_by: 'operator',
  made_at: '2026-11-28T00:00:00Z', ...of }) as AlertRule;
const alert = (of: Partial<Alert>) => of as Alert;

describe('the words of alerts', () => {
  it('have values in the unit of their kind', () => {
    expect(valueText('balance-below', '1500000000000000000')).toBe('1.5 0G');
    expect(valueText('settlement-unmatched', '90000')).toBe('1 d 1 h');
    expect(valueText('reconciliation-different', '1200')).toBe('1,200');
  });
  it('have a lag in blocks or as a time, as its rule does, and as a number where the rule is gone', () => {
    expect(valueText('following-behind', '1200', { blocks: 100 })).toBe('1,200 blocks');
    expect(valueText('following-behind', '1200', { for_seconds: 60 })).toBe('20 min');
    expect(valueText('following-behind', '1200')).toBe('1,200');
  });
  it('show a value that is no number as it is', () => {
    expect(valueText('discrepancy-opened', 'halted')).toBe('halted');
  });
  it('say the condition of a rule', () => {
    expect(conditionText(rule({ kind: 'balance-below', balance: 'available', threshold: '1000000000000000000',
      recover_at: '2000000000000000000' }))).toBe('available below 1 0G, until 2 0G');
    expect(conditionText(rule({ kind: 'spendable-below', threshold: '1', recover_at: '1' })))
      .toBe('below 0.000000000000000001 0G');
    expect(conditionText(rule({ kind: 'provider-silent', for_seconds: 3600 }))).toBe('for 1 h');
    expect(conditionText(rule({ kind: 'following-behind', blocks: 1000 }))).toBe('by more than 1,000 blocks');
    expect(conditionText(rule({ kind: 'refund-claimable' }))).toBe('');
  });
  it('lead to what an alert is about', () => {
    expect(placeOfAlert(alert({ kind: 'settlement-unmatched', subject: '33-0-1-0' }))).toBe('#/settlements/33-0-1-0');
    expect(placeOfAlert(alert({ kind: 'balance-below', owner: '0xA' }))).toBe('#/wallets/0xA');
    expect(placeOfAlert(alert({ kind: 'provider-silent', provider: '0xB' }))).toBe('#/providers/0xB');
    expect(placeOfAlert(alert({ kind: 'following-stopped' }))).toBeUndefined();
  });
});
