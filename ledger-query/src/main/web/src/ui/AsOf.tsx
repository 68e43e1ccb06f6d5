import type { LedgerQuery } from 'neuron-ledger-client/browser';
import { grouped } from './format';
import { GUARDS } from './states';
import { Status } from './Status';
import { Time } from './Time';

export type AsOfView = LedgerQuery['schemas']['AsOf'];

/** As of which block an answer is, and how it is known. */
export function AsOf({ of, failed = false }: { of: AsOfView | undefined; failed?: boolean }) {
  if (of === undefined) {
    return null;
  }
  const guard = of.guard === undefined ? undefined : GUARDS[of.guard];
  return (
    <p className="as-of">
      <span>As of block <a href={`#/blocks/${of.block}`} data-tip={of.block_hash}>{grouped(of.block)}</a></span>
      <Time of={of.block_time} />
      {of.finalized ? <Status tone="good" tip="The chain can no longer take this block back">finalized</Status>
        : <Status tone="idle" tip="The chain can still take this block back">not final yet</Status>}
      {guard && <Status tone={guard.tone} tip={guard.means}>{guard.word}</Status>}
      {of.behind && <Status tone="warn" tip="The chain is further, or is not being followed">behind the chain</Status>}
      {failed && <Status tone="warn" tip="The last attempt to read again has failed">not refreshed</Status>}
    </p>
  );
}
