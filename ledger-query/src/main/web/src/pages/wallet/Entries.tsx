import { answer, ofZeroG } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useLive } from '../../app/live';
import { usePages } from '../../app/read';
import { useQueryState } from '../../app/router';
import {
  Address,
  Amount,
  Answer,
  AsOf,
  Card,
  Choice,
  Choices,
  DataTable,
  Dialog,
  Field,
  Filters,
  More,
  Status,
  Time,
} from '../../ui';
import { EvidenceOf } from '../search/EvidenceOf';
import { EntryFacts } from './EntryFacts';
import { ENTRY_WORDS, EVIDENCE_KINDS, type Entry } from './entryWords';

const FILTERS = [
  'type',
  'evidence',
  'start',
  'end',
  'provider',
  'service',
  'min',
  'max',
  'transaction',
  'order',
] as const;

/** The filters of the place, as the API names them; `wrong` names what is no amount. */
function filterOf(query: URLSearchParams): {
  wrong: Partial<Record<'min' | 'max', string>>;
  of: Record<string, unknown>;
} {
  const of: Record<string, unknown> = {};
  const wrong: Partial<Record<'min' | 'max', string>> = {};
  const take = (name: string, as: string) => {
    const value = query.get(name);
    if (value !== null && value !== '') {
      of[as] = value;
    }
  };
  take('provider', 'provider');
  take('service', 'service');
  take('start', 'start_date');
  take('end', 'end_date');
  take('transaction', 'transaction');
  take('order', 'order');
  for (const name of ['type', 'evidence'] as const) {
    if (query.has(name)) {
      of[name] = query.getAll(name);
    }
  }
  for (const name of ['min', 'max'] as const) {
    const value = query.get(name);
    if (value !== null && value !== '') {
      try {
        of[`${name}_amount`] = String(ofZeroG(value));
      } catch {
        wrong[name] = 'An amount of 0G has digits, and at most 18 decimals after a point.';
      }
    }
  }
  return { wrong, of };
}

export default function Entries({ owner }: { owner: string }) {
  const [query] = useQueryState();
  const { seen } = useLive();
  const [shown, setShown] = useState<Entry>();
  const { wrong, of } = filterOf(query);
  const entries = usePages(
    owner,
    ['entries', of],
    (client, cursor, signal) =>
      answer(
        client.query.GET('/v1/ledgers/{owner}/entries', {
          signal,
          params: {
            path: { owner },
            query: { ...of, limit: 50, ...(cursor === undefined ? seen.of(owner) : { cursor }) },
          },
        }),
      ),
    { enabled: Object.keys(wrong).length === 0 },
  );
  const text = (name: string) => ({ name, defaultValue: query.get(name) ?? '' });
  return (
    <>
      <Card title="Filters">
        <Filters names={FILTERS}>
          <Choices label="Kind" name="type" options={Object.entries(ENTRY_WORDS)} />
          <Choices label="Evidence" name="evidence" options={EVIDENCE_KINDS.map(each => [each, each] as const)} />
          <Field label="From (UTC day)" type="date" {...text('start')} />
          <Field label="To (UTC day)" type="date" {...text('end')} />
          <Field label="Provider" {...text('provider')} placeholder="0x…" spellCheck={false} />
          <Field label="Service" {...text('service')} spellCheck={false} />
          <Field label="From amount (0G)" inputMode="decimal" {...text('min')} problem={wrong.min} />
          <Field label="To amount (0G)" inputMode="decimal" {...text('max')} problem={wrong.max} />
          <Field label="Transaction" {...text('transaction')} placeholder="0x…" spellCheck={false} />
          <Choice
            label="Order"
            {...text('order')}
            options={[
              ['', 'newest first'],
              ['asc', 'oldest first'],
            ]}
          />
        </Filters>
      </Card>
      <Card title="Entries">
        <Answer of={entries}>
          {({ pages }, failed) => (
            <>
              <DataTable
                caption="Entries"
                rows={pages.flatMap(each => each.entries)}
                rowKey={each => each.id}
                empty={
                  entries.hasNextPage
                    ? 'None so far among those that were looked at: there may be more.'
                    : 'No entries.'
                }
                columns={[
                  {
                    key: 'when',
                    title: 'When',
                    cell: each => <Time of={each.block_time ?? each.request?.when ?? each.recorded_at} />,
                  },
                  {
                    key: 'what',
                    title: 'What',
                    cell: each => (
                      <>
                        <button type="button" className="link nowrap" onClick={() => setShown(each)}>
                          {ENTRY_WORDS[each.type]}
                        </button>
                        {each.details.cancelled !== undefined && each.details.cancelled !== '0' && (
                          <span className="muted">
                            {' '}
                            cancelled <Amount of={each.details.cancelled} /> of refunds
                          </span>
                        )}
                        {each.retracted && (
                          <>
                            {' '}
                            <Status tone="warn">taken back</Status>
                          </>
                        )}
                      </>
                    ),
                  },
                  {
                    key: 'provider',
                    title: 'Provider',
                    cell: each =>
                      each.provider && (
                        <>
                          <Address of={each.provider} kind="provider" />{' '}
                          <span className="muted nowrap">{each.service}</span>
                        </>
                      ),
                  },
                  {
                    key: 'amount',
                    title: 'Amount',
                    align: 'end',
                    cell: each => each.amount && <Amount of={each.amount} />,
                  },
                  {
                    key: 'after',
                    title: 'Total after',
                    align: 'end',
                    cell: each => each.after && <Amount of={each.after.total} />,
                  },
                  { key: 'evidence', title: 'Evidence', cell: each => each.evidence && <EvidenceOf of={each.evidence} brief /> },
                ]}
              />
              <More pages={entries} />
              <AsOf of={pages[0]?.as_of} failed={failed} />
            </>
          )}
        </Answer>
      </Card>
      {shown && (
        <Dialog title={ENTRY_WORDS[shown.type]} onClose={() => setShown(undefined)}>
          <EntryFacts entry={shown} />
        </Dialog>
      )}
    </>
  );
}
