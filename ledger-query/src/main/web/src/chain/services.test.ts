import { describe, expect, it } from 'vitest';
import { noHoldings } from './holdings';
import { knownServices } from './services';

const NONE = noHoldings('0x70997970C51812dc3A010C7d01b50e0d17dc79C8');
const ONE = { ...NONE, open: true, subAccounts: [{ provider: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  service: 'inference-v1.0', balance: 1n, acknowledged: true, refunds: [] }] };
const LOCKS = new Map([['training-v1.0', 86_400], ['inference-v1.0', 3_600]]);

describe('the services of an act', () => {
  it('are all for who may read them', () => {
    expect(knownServices('transfer', ONE, LOCKS)).toEqual({ names: ['inference-v1.0', 'training-v1.0'], all: true });
  });
  it('of a transfer can be others than those with a sub-account for who may not', () => {
    expect(knownServices('transfer', ONE, undefined)).toEqual({ names: ['inference-v1.0'], all: false });
    expect(knownServices('transfer', NONE, undefined)).toEqual({ names: [], all: false });
  });
  it('that needs a sub-account are those that have one', () => {
    expect(knownServices('retrieve', ONE, undefined)).toEqual({ names: ['inference-v1.0'], all: true });
    expect(knownServices('acknowledge', ONE, undefined)).toEqual({ names: ['inference-v1.0'], all: true });
    expect(knownServices('retrieve', NONE, undefined)).toEqual({ names: [], all: false });
  });
});
