import { answer, ProblemError, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { useRead } from '../../app/read';
import {
  Address,
  Amount,
  Answer,
  AsOf,
  Card,
  DataTable,
  Empty,
  Figure,
  Figures,
  Meter,
  spanText,
  Status,
  Time,
  useNow,
} from '../../ui';
import type { ActRequest } from './Act';
import type { Moment } from './Moment';
import { claimable, partsOf, secondsLeft, type Refund, type SubAccount } from './refunds';

export type LedgerView = LedgerQuery['schemas']['Ledger'];

/** An owner's ledger with its sub-accounts, at a moment. */
export function useLedger(owner: string, { past, at }: Moment) {
  const { seen } = useLive();
  return useRead(
    owner,
    ['ledger', at],
    (ledger, signal) =>
      answer(
        ledger.query.GET('/v1/ledgers/{owner}', {
          signal,
          params: { path: { owner }, query: { detail: true, ...(past ? at : seen.of(owner)) } },
        }),
      ),
    past ? {} : { every: 15_000 },
  );
}

/** What can be done; undefined where nothing can. */
export type Acts =
  | {
      readonly begin: (request: ActRequest) => void;
      /** Whether the contract can acknowledge a provider; all else it can. */
      readonly acknowledges: boolean;
    }
  | undefined;

/** What an owner holds: the ledger, its sub-accounts, its refunds. */
export function Balances({
  ledger,
  moment,
  acts,
}: {
  ledger: ReturnType<typeof useLedger>;
  moment: Moment;
  acts: Acts;
}) {
  if (ledger.error instanceof ProblemError && ledger.error.code === 'ledger-not-found') {
    // Also where there was one: a fork can take a first deposit back.
    return (
      <Card
        title="No ledger"
        actions={
          acts && (
            <button type="button" className="primary" onClick={() => acts.begin({ kind: 'deposit' })}>
              Deposit
            </button>
          )
        }>
        <Empty>This wallet has never had a ledger here. A deposit opens one.</Empty>
      </Card>
    );
  }
  return (
    <Answer of={ledger}>
      {(found, failed) => <Shown found={found} failed={failed} moment={moment} acts={acts} />}
    </Answer>
  );
}

function Shown({ found, failed, moment, acts }: { found: LedgerView; failed: boolean; moment: Moment; acts: Acts }) {
  const accounts = found.detail?.sub_accounts ?? [];
  const sums = found.detail?.sums;
  return (
    <>
      {found.quarantined && (
        <p className="notice bad">
          This wallet is quarantined: something of it could not be understood, and what is shown is what was understood
          before. An operator releases it.
        </p>
      )}
      <div className="cards">
        <Card
          title="Ledger"
          wide
          actions={
            acts && (
              <>
                <button type="button" className="primary" onClick={() => acts.begin({ kind: 'deposit' })}>
                  Deposit
                </button>
                <button type="button" onClick={() => acts.begin({ kind: 'transfer' })}>
                  Transfer
                </button>
                <button type="button" onClick={() => acts.begin({ kind: 'retrieve' })}>
                  Retrieve
                </button>
                <button type="button" onClick={() => acts.begin({ kind: 'withdraw' })}>
                  Withdraw
                </button>
              </>
            )
          }>
          <Figures>
            <Figure name="Available" note="Not set aside for a provider">
              <Amount of={found.available} />
            </Figure>
            <Figure name="Locked" note="In the sub-accounts">
              <Amount of={found.locked} />
            </Figure>
            <Figure name="Total">
              <Amount of={found.total} />
            </Figure>
            {sums && BigInt(sums.unsettled) > 0n && (
              <Figure name="Unsettled" note="Used, and not settled yet">
                <Amount of={sums.unsettled} />
              </Figure>
            )}
          </Figures>
          <p className="row">
            <Status tone={found.state === 'open' ? 'good' : 'idle'}>
              {found.state === 'not-opened' ? 'not opened yet' : found.state}
            </Status>
          </p>
          <AsOf of={found.as_of} failed={failed} />
        </Card>
        <Card title="Sub-accounts" wide>
          {accounts.length === 0 && <Empty>No money is set aside for a provider.</Empty>}
          <ul className="accounts">
            {accounts.map(each => (
              <Account key={`${each.service} ${each.provider}`} account={each} acts={acts} />
            ))}
          </ul>
        </Card>
        <Refunds accounts={accounts} found={found} moment={moment} acts={acts} />
      </div>
    </>
  );
}

function Account({ account, acts }: { account: SubAccount; acts: Acts }) {
  const { provider, service, acknowledged } = account;
  const { spendable, unsettled, pending, balance } = partsOf(account);
  const short = BigInt(account.shortfall);
  return (
    <li>
      <div className="row">
        <h3>
          <Address of={account.provider} kind="provider" />
        </h3>
        <span>{account.service}</span>
        <span className="grow" />
        <span>
          <span className="muted">Balance</span> <Amount of={balance} />
        </span>
      </div>
      <Meter
        label={`Balance with ${account.provider}, ${account.service}`}
        parts={[
          { name: 'Spendable', kind: 'spendable', amount: spendable },
          { name: 'Unsettled', kind: 'unsettled', amount: unsettled },
          { name: 'Pending refund', kind: 'pending', amount: pending },
        ]}
      />
      <p className="row">
        {!account.acknowledged && (
          <Status tone="warn" tip="Settlements of this provider are refused">
            not acknowledged
          </Status>
        )}
        {short > 0n && (
          <>
            <Status tone="bad">short</Status>
            <span>
              More was used than is left: <Amount of={short} />
            </span>
          </>
        )}
        <span className="muted">
          Used <Amount of={account.used} /> · settled <Amount of={account.settled} />
          {account.unreported !== '0' && (
            <>
              {' '}
              · settled, and not reported <Amount of={account.unreported} />
            </>
          )}
          {account.written_off !== '0' && (
            <>
              {' '}
              · written off <Amount of={account.written_off} />
            </>
          )}
        </span>
      </p>
      {acts && (
        <p className="row">
          <button
            type="button"
            aria-label={`Transfer to ${provider}, ${service}`}
            onClick={() => acts.begin({ kind: 'transfer', provider, service })}>
            Transfer
          </button>
          {balance > 0n && (
            <button
              type="button"
              aria-label={`Retrieve from ${provider}, ${service}`}
              onClick={() => acts.begin({ kind: 'retrieve', provider, service })}>
              Retrieve
            </button>
          )}
          {!acknowledged && acts.acknowledges && (
            <button
              type="button"
              onClick={() => acts.begin({ kind: 'acknowledge', provider, service, accepted: true })}>
              Acknowledge
            </button>
          )}
          {acknowledged && balance === 0n && acts.acknowledges && (
            <button
              type="button"
              onClick={() => acts.begin({ kind: 'acknowledge', provider, service, accepted: false })}>
              Refuse
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** Of whom it is asked back. */
interface RefundLine extends Refund {
  readonly account: SubAccount;
}

function Refunds({
  accounts,
  found,
  moment,
  acts,
}: {
  accounts: readonly SubAccount[];
  found: LedgerView;
  moment: Moment;
  acts: Acts;
}) {
  const now = useNow();
  const lines: RefundLine[] = accounts.flatMap(account => account.refunds.map(each => ({ ...each, account })));
  const sum = claimable(accounts);
  return (
    <Card title="Refunds" wide>
      <p className="row">
        {sum > 0n ? (
          <>
            <Status tone="good">can be fetched</Status>
            <Amount of={sum} />
          </>
        ) : (
          <span className="muted">{lines.length === 0 ? 'Nothing was asked back.' : 'None can be fetched yet.'}</span>
        )}
      </p>
      {lines.length > 0 && (
        <DataTable
          caption="Refunds"
          rows={lines}
          rowKey={each => each.id}
          empty=""
          columns={[
            {
              key: 'provider',
              title: 'From',
              cell: each => (
                <>
                  <Address of={each.account.provider} kind="provider" />{' '}
                  <span className="muted">{each.account.service}</span>
                </>
              ),
            },
            { key: 'requested', title: 'Asked back', cell: each => <Time of={each.requested_at} /> },
            {
              key: 'state',
              title: 'State',
              cell: each => (
                <RefundState
                  refund={each}
                  left={secondsLeft(each.unlocks_at, found.as_of.block_time, now, moment.past)}
                />
              ),
            },
            { key: 'unlocks', title: 'Lock ends', cell: each => <Time of={each.unlocks_at} /> },
            { key: 'amount', title: 'Amount', align: 'end', cell: each => <Amount of={each.amount} /> },
            ...(acts && sum > 0n
              ? [
                  {
                    key: 'fetch',
                    title: 'Act',
                    cell: ({ state, account: { provider, service } }: RefundLine) =>
                      state === 'claimable' && (
                        <button
                          type="button"
                          aria-label={`Fetch from ${provider}, ${service}`}
                          onClick={() => acts.begin({ kind: 'retrieve', provider, service })}>
                          Fetch
                        </button>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  );
}

function RefundState({ refund, left }: { refund: Refund; left: number }) {
  if (refund.state === 'claimable') {
    return <Status tone="good">can be fetched</Status>;
  }
  return left > 0 ? (
    <>
      <Status tone="info">waiting</Status> <span>{spanText(left)} left</span>
    </>
  ) : (
    <Status tone="info" tip="Its lock is over; the ledger shows it as of the next block">
      with the next block
    </Status>
  );
}
