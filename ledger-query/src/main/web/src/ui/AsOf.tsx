import type { LedgerQuery } from 'neuron-ledger-client/browser';
import { grouped } from './format';
import { Status, type Tone } from './Status';
import { Time } from './Time';

export type AsOfView = LedgerQuery['schemas']['AsOf'];

const GUARD: Record<'proved' | 'compared' | 'none', { tone: Tone; word: string; tip: string }> = {
  proved: { tone: 'good', word: 'proved', tip: 'Complete: by the storage roots of the contracts, or all states were '
    + 'compared at this block' },
  compared: { tone: 'good', word: 'compared', tip: 'Complete: all states were compared at a later block' },
  none: { tone: 'idle', word: 'not verified yet', tip: 'Logs, calls and native balances were checked; all states are '
    + 'compared later' },
};

/** As of which block an answer is, and how it is known. */
export function AsOf({ of, failed = false }: { of: AsOfView | undefined; failed?: boolean }) {
  if (of === undefined) {
    return null;
  }
  const guard = of.guard === undefined ? undefined : GUARD[of.guard];
  return (
    <p className="as-of">
      <span>As of block <a href={`#/blocks/${of.block}`} data-tip={of.block_hash}>{grouped(of.block)}</a></span>
      <Time of={of.block_time} />
      {of.finalized ? <Status tone="good" tip="The chain can no longer take this block back">finalized</Status>
        : <Status tone="idle" tip="The chain can still take this block back">not final yet</Status>}
      {guard && <Status tone={guard.tone} tip={guard.tip}>{guard.word}</Status>}
      {of.behind && <Status tone="warn" tip="The chain is further, or is not being followed">behind the chain</Status>}
      {failed && <Status tone="warn" tip="The last attempt to read again has failed">not refreshed</Status>}
    </p>
  );
}
