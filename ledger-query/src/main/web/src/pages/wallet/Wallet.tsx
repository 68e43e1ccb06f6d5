import { lazy, Suspense, useState, type ComponentType } from 'react';
import type { PageProps } from '../../app/pages';
import { href, useQueryState } from '../../app/router';
import { useSession } from '../../app/session';
import { functionOf, refusalOf, targetOf } from '../../chain/contracts';
import { Address, Loading } from '../../ui';
import type { ActRequest } from './Act';
import { Balances, useLedger, type Acts } from './Balances';
import { momentOf, MomentChoice } from './Moment';

const VIEWS = {
  balances: { name: 'Balances' },
  spending: { name: 'Spending', show: lazy(() => import('./Spending')) },
  entries: { name: 'Entries', show: lazy(() => import('./Entries')) },
  statement: { name: 'Statement', show: lazy(() => import('./Statement')) },
} satisfies Record<string, { name: string; show?: ComponentType<{ owner: string }> }>;

const Act = lazy(() => import('./Act'));

type View = keyof typeof VIEWS;

export default function Wallet({ values: { owner: asked = '' } }: PageProps) {
  const [query] = useQueryState();
  const view =
    (Object.keys(VIEWS) as View[]).find(each => each === query.get('view')) ??
    (query.has('request_id') ? 'spending' : 'balances');
  const moment = momentOf(query);
  const {
    config: { chain },
  } = useSession();
  const target = targetOf(chain);
  const refusal = target && refusalOf(target);
  const [act, setAct] = useState<ActRequest>();
  const acts: Acts =
    target && refusal === undefined && !moment.past
      ? { begin: setAct, acknowledges: functionOf(target, 'acknowledge') !== undefined }
      : undefined;
  const ledger = useLedger(asked, view === 'balances' ? moment : { past: false, at: {} });
  const owner = ledger.data?.owner ?? asked;
  return (
    <>
      <div className="title">
        <h1>
          Wallet <Address of={owner} kind="plain" whole />
        </h1>
      </div>
      <nav className="tabs" aria-label="Parts of this wallet">
        {Object.entries(VIEWS).map(([each, { name }]) => (
          <a
            key={each}
            href={href(['wallets', asked], { view: each === 'balances' ? undefined : each })}
            aria-current={each === view ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {view === 'balances' ? (
        <>
          <MomentChoice />
          {chain !== undefined && target === undefined && (
            <p className="muted">
              This page knows no calls of these contracts (family {chain.family}): nothing can be signed here.
            </p>
          )}
          {refusal !== undefined && <p className="notice bad">{refusal} Nothing can be signed here.</p>}
          <Balances ledger={ledger} moment={moment} acts={acts} />
          {act && target && (
            <Suspense>
              <Act owner={owner} target={target} request={act} onClose={() => setAct(undefined)} />
            </Suspense>
          )}
        </>
      ) : (
        <Suspense fallback={<Loading />}>
          <Part view={view} owner={owner} />
        </Suspense>
      )}
    </>
  );
}

function Part({ view, owner }: { view: Exclude<View, 'balances'>; owner: string }) {
  const Show = VIEWS[view].show;
  return <Show owner={owner} />;
}
