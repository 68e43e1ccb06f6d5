import type { LedgerQuery } from 'neuron-ledger-client/browser';
import type { Tone } from './Status';

type Status = LedgerQuery['schemas']['Status'];

/** How the completeness of a block is known, and what that means. */
export const GUARDS: Record<NonNullable<LedgerQuery['schemas']['AsOf']['guard']>,
  { readonly tone: Tone; readonly word: string; readonly means: string }> = {
  proved: { tone: 'good', word: 'proved', means: 'Complete: by the storage roots of the contracts, or all states were '
    + 'compared at this block' },
  compared: { tone: 'good', word: 'compared', means: 'Complete: all states were compared at a later block' },
  none: { tone: 'idle', word: 'not verified yet', means: 'Logs, calls and native balances were checked; all states are '
    + 'compared later' },
};

/** Whether the chain is followed, and what that means. */
export const FOLLOWING: Record<Status['following']['state'], { readonly tone: Tone; readonly means: string }> = {
  following: { tone: 'good', means: 'New blocks are recorded' },
  stalled: { tone: 'warn', means: 'Every step has failed for a while; it resumes by itself' },
  halted: { tone: 'bad', means: 'Stopped before a block until an operator decides' },
  stopped: { tone: 'bad', means: 'It was shut down' },
  unknown: { tone: 'warn', means: 'It has not reported anything for 30 seconds' },
};
