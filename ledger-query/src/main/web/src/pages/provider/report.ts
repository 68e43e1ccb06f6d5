import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { useRead } from '../../app/read';

export type PeriodRow = LedgerQuery['schemas']['PeriodRow'];
export type PeriodReport = LedgerQuery['schemas']['PeriodReport'];

/** What the period report has, over all time or for some days: for callers of finance alone. */
export function useReport(by: 'provider' | 'sub-account', filter: { readonly provider?: string }, enabled: boolean) {
  const { seen } = useLive();
  return useRead('all', ['report', by, filter], async (ledger, signal) => await answer(ledger.query.GET(
    '/v1/reports/settlement', { signal, headers: { Accept: 'application/json' }, params: { query: { by,
      ...(filter.provider === undefined ? {} : { provider: [filter.provider] }), ...seen.of('all') } } }),
  ) as PeriodReport, { enabled });
}

/** The rows by their provider. */
export function rowsByProvider(rows: readonly PeriodRow[]): ReadonlyMap<string, PeriodRow> {
  return new Map(rows.map(each => [each.provider, each]));
}

/** What became of the fees of the requests that were reported. */
export interface Shares {
  readonly settled: bigint;
  readonly writtenOff: bigint;
  readonly unsettled: bigint;
}

/**
 * The parts of `used`: settlements can have taken more than was reported (`unreported`), which is no part of it. That
 * is taken from what was settled, since nothing says which part of a sub-account's settlements it is.
 */
export function sharesOf(provider: { readonly settled: string; readonly written_off: string; readonly unsettled: string;
  readonly unreported: string }): Shares {
  const settled = BigInt(provider.settled);
  const unreported = BigInt(provider.unreported);
  const taken = unreported > settled ? settled : unreported;
  return { settled: settled - taken, writtenOff: BigInt(provider.written_off) - (unreported - taken),
    unsettled: BigInt(provider.unsettled) };
}
