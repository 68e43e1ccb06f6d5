import { useMutation } from '@tanstack/react-query';
import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { usePages, useRead } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import { useSession } from '../../app/session';
import { useStatus } from '../../app/status';
import { useWrite } from '../../app/write';
import { Address, Amount, Answer, AsOf, Card, Choice, DataTable, Dialog, Empty, ExportButton, Figure, Figures,
  FOLLOWING, grouped, GUARDS, Loading, More, NotShownYet, Problem, Status, Time } from '../../ui';
import { Discrepancies } from '../settlements/Discrepancies';
import { DISCREPANCY_KINDS, type Discrepancy } from '../settlements/terms';
import { Postings } from '../search/Postings';
import { guardedBlocks, ownersInQuarantine } from './checks';

/** Is what the ledger says true? The guard of each block, comparisons with the contract, and what does not match. */
export default function Checks() {
  const { may } = useSession();
  return (
    <>
      <h1>Checks</h1>
      <Guard />
      <Comparisons />
      <AllDiscrepancies />
      {may('admin') && <><Quarantine /><Integrity /></>}
    </>
  );
}

/** How the completeness of each block is known. */
function Guard() {
  const status = useStatus(5_000);
  return (
    <Card title="Guard" wide>
      <Answer of={status}>
        {({ as_of, guard, following, quarantined_owners, blocks, partitions }, failed) => {
          const stopped = [...(blocks.stopped === undefined ? [] : [blocks.stopped]),
            ...partitions.flatMap(each => each.stopped === undefined ? [] : [each.stopped])];
          return (
            <>
              <AsOf of={as_of} failed={failed} />
              <Figures>
                <Figure name="Following" note={following.why}><Status tone={FOLLOWING[following.state].tone}>
                  {following.state}</Status></Figure>
                <Figure name="Blocks verified" note={`of ${grouped(guardedBlocks(guard).all)}`}>
                  {grouped(guardedBlocks(guard).verified)}</Figure>
                <Figure name="Owners in quarantine" note={quarantined_owners === 0 ? undefined
                  : 'Their answers stay at an earlier block'}>{quarantined_owners === 0 ? '0'
                    : <Status tone="bad">{quarantined_owners}</Status>}</Figure>
              </Figures>
              {stopped.map(each => <p key={each} className="notice bad">{each}</p>)}
              <DataTable caption="Guard by blocks" rows={guard} rowKey={each => String(each.from)}
                empty="No block is recorded yet." columns={[
                  { key: 'blocks', title: 'Blocks', cell: each => (
                    <span className="nowrap"><a href={href(['blocks', String(each.from)])}>{grouped(each.from)}</a>
                      {' to '}<a href={href(['blocks', String(each.to)])}>{grouped(each.to)}</a></span>) },
                  { key: 'guard', title: 'Known by', cell: each => <Status tone={GUARDS[each.guard].tone}>
                    {GUARDS[each.guard].word}</Status> },
                  { key: 'at', title: 'Compared at', cell: each => each.compared_at !== undefined
                    && <a href={href(['blocks', String(each.compared_at)])}>{grouped(each.compared_at)}</a> },
                  { key: 'meaning', title: 'Meaning', cell: each => GUARDS[each.guard].means },
                ]} />
            </>
          );
        }}
      </Answer>
    </Card>
  );
}

/** All owners beside the contract's own numbers. */
function Comparisons() {
  const { config, may } = useSession();
  const [run, setRun] = useState<string>();
  const found = usePages('all', ['comparisons'], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/reconciliation/chain', { signal, params: { query: { limit: 20,
      ...(cursor === undefined ? {} : { cursor }) } } })), { every: 10_000 });
  const ask = useWrite(async (ledger): Promise<{ token?: string }> => {
    await ledger.indexer.POST('/v1/admin/reconciliations', {});
    return {};
  });
  return (
    <Card title="Comparisons with the contract" wide actions={
      <>
        {may('admin') && config.services.indexer !== undefined && (
          <button type="button" onClick={() => ask.mutate(undefined)} disabled={ask.isPending}>Compare now</button>
        )}
        <ExportButton what="comparisons" begin={(ledger, format) => answer(ledger.query.POST(
          '/v1/reconciliation/chain/exports', { params: { query: { format } } }))} />
      </>}>
      {ask.error && <Problem error={ask.error} />}
      {ask.isSuccess && <p className="notice" role="status">A comparison is asked for: it is in the list once it
        has passed through all partitions.</p>}
      <Answer of={found}>
        {({ pages }, failed) => (
          <>
            <AsOf of={pages[0]?.as_of} failed={failed} />
            <DataTable caption="Comparisons with the contract" rows={pages.flatMap(each => each.runs)}
              rowKey={each => each.run} empty="None has been made yet: one is made from time to time." columns={[
                { key: 'block', title: 'Block', cell: each => (
                  <><a href={href(['blocks', String(each.block)])}>{grouped(each.block)}</a>
                    <div className="note nowrap"><Time of={each.block_time} /></div></>) },
                { key: 'result', title: 'Result', cell: each => each.retracted
                  ? <Status tone="idle" tip="The chain took its block back">retracted</Status>
                  : each.different === 0 ? <Status tone="good">all equal</Status>
                    : <Status tone="bad">{`${grouped(each.different)} different`}</Status> },
                { key: 'owners', title: 'Owners', align: 'end', cell: each => grouped(each.owners) },
                { key: 'held', title: 'Held by the contract', align: 'end', cell: each => <Amount of={each.held} /> },
                { key: 'owed', title: 'Owed to owners', align: 'end', cell: each => <Amount of={each.owed} /> },
                { key: 'covered', title: 'Covered', cell: each => each.covered
                  ? <Status tone="good">covered</Status>
                  : <Status tone="bad" tip="The contract holds less than it owes">not covered</Status> },
                { key: 'more', title: 'Differences', cell: each => each.different > 0 && (
                  <button type="button" onClick={() => setRun(each.run)}>Show…</button>) },
              ]} />
            <More pages={found} />
          </>
        )}
      </Answer>
      {run && <Comparison run={run} onClose={() => setRun(undefined)} />}
    </Card>
  );
}

/** What a comparison has found, by owner. */
function Comparison({ run, onClose }: { run: string; onClose: () => void }) {
  const found = usePages('all', ['comparison', run], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/reconciliation/chain/{run}', { signal, params: { path: { run }, query: { limit: 50,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  return (
    <Dialog title={`Comparison ${run}`} onClose={onClose} broad>
      <Answer of={found}>
        {({ pages }) => (
          <div className="stack">
            <AsOf of={pages[0]?.as_of} />
            <div className="row">
              <ExportButton what="differences" begin={(ledger, format) => answer(ledger.query.POST(
                '/v1/reconciliation/chain/{run}/exports', { params: { path: { run }, query: { format } } }))} />
            </div>
            <DataTable caption="Differences" rows={pages.flatMap(each => each.differences)} rowKey={each => each.entry}
              empty="None: all owners are equal." columns={[
                { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
                { key: 'entry', title: 'Entry', cell: each => (
                  <a href={href(['entries', each.entry])}>{each.entry}</a>) },
                { key: 'postings', title: 'What was corrected', cell: each => (
                  <Postings of={each.postings} known={[each.owner]} />) },
              ]} />
            <More pages={found} />
          </div>
        )}
      </Answer>
    </Dialog>
  );
}

const STATES = ['open', 'resolved', 'retracted'] as const;
const KINDS = Object.keys(DISCREPANCY_KINDS) as Discrepancy['kind'][];

/** All that does not match, open ones unless another state is chosen. */
function AllDiscrepancies() {
  const [query, change] = useQueryState();
  const state = STATES.find(each => each === query.get('state')) ?? 'open';
  const kind = KINDS.find(each => each === query.get('kind'));
  const filter = { state: [state], ...(kind === undefined ? {} : { kind: [kind] }) };
  const found = usePages('all', ['discrepancies', filter], (ledger, cursor, signal) => answer(ledger.query.GET(
    '/v1/discrepancies', { signal, params: { query: { ...filter, limit: 50,
      ...(cursor === undefined ? {} : { cursor }) } } })));
  return (
    <Card title="Discrepancies" wide actions={
      <ExportButton what="discrepancies" begin={(ledger, format) => answer(ledger.query.POST(
        '/v1/discrepancies/exports', { params: { query: { ...filter, format } } }))} />}>
      <div className="filters">
        <Choice label="State" value={state} onChange={event => change({ state: event.target.value })}
          options={STATES.map(each => [each, each] as const)} />
        <Choice label="What" value={kind ?? ''} onChange={event => change({ kind: event.target.value })}
          options={[['', 'All'], ...KINDS.map(each => [each, DISCREPANCY_KINDS[each].name] as const)]} />
      </div>
      <Answer of={found}>
        {({ pages }, failed) => (
          <>
            <AsOf of={pages[0]?.as_of} failed={failed} />
            <Discrepancies rows={pages.flatMap(each => each.discrepancies)} empty={`None is ${state}.`} />
            <More pages={found} />
          </>
        )}
      </Answer>
    </Card>
  );
}

/** Owners of whom a record could not be processed, by either service. */
function Quarantine() {
  const { config } = useSession();
  const commands = config.services.command !== undefined;
  const read = useRead('all', ['quarantine'], (ledger, signal) => answer(ledger.query.GET('/v1/admin/quarantine',
    { signal })));
  const decided = useRead('all', ['quarantine', 'command'], (ledger, signal) => answer(ledger.command.GET(
    '/v1/admin/quarantine', { signal })), { enabled: commands });
  const replay = useWrite(async (ledger, owner: string) => {
    const first = commands ? await answer(ledger.command.POST('/v1/admin/unpark', { params: { query: { owner } } }))
      : undefined;
    const then = await answer(ledger.query.POST('/v1/admin/unpark', { params: { query: { owner } } }));
    return { still: [...first?.still_quarantined ?? [], ...then.still_quarantined],
      ...(first?.token === undefined ? {} : { token: first.token }) };
  });
  return (
    <Card title="Quarantine" wide>
      <Answer of={read}>
        {({ owners }) => (
          <Rows of={ownersInQuarantine(owners, decided.data ?? [])} busy={replay.isPending}
            onReplay={owner => replay.mutate(owner)} />
        )}
      </Answer>
      {decided.error && <Problem error={decided.error} />}
      {replay.error && <Problem error={replay.error} />}
      <NotShownYet of={replay.data} />
      {replay.data && (replay.data.still.length === 0 ? <p className="notice good" role="status">It is released.</p>
        : replay.data.still.map(each => <p key={`${each.owner} ${each.seq}`} className="notice bad">Still in quarantine:
          {' '}{each.reason}</p>))}
    </Card>
  );
}

function Rows({ of, busy, onReplay }: { of: ReturnType<typeof ownersInQuarantine>; busy: boolean;
  onReplay: (owner: string) => void }) {
  return of.length === 0 ? <Empty>No owner is in quarantine.</Empty> : (
    <DataTable caption="Owners in quarantine" rows={of} rowKey={each => `${each.owner} ${each.by}`} empty="" columns={[
      { key: 'owner', title: 'Wallet', cell: each => <Address of={each.owner} kind="wallet" /> },
      { key: 'by', title: 'Found by', cell: each => each.by },
      { key: 'reason', title: 'Why', cell: each => each.reason },
      { key: 'parked', title: 'Records waiting', align: 'end', cell: each => each.parked === undefined ? ''
        : grouped(each.parked) },
      { key: 'replay', title: 'Replay', cell: each => (
        <button type="button" disabled={busy} onClick={() => onReplay(each.owner)}>Replay them</button>) },
    ]} />
  );
}

/** Whether the stored rows agree with each other: asked for only, because it reads whole tables. */
function Integrity() {
  const { config, ledger } = useSession();
  const check = useMutation({ mutationFn: async () => [
    { name: 'Read model', found: await answer(ledger.query.GET('/v1/admin/integrity')) },
    ...(config.services.command === undefined ? []
      : [{ name: 'Event store', found: await answer(ledger.command.GET('/v1/admin/integrity')) }]),
  ] });
  return (
    <Card title="Integrity" wide actions={
      <button type="button" onClick={() => check.mutate()} disabled={check.isPending}>Check now</button>}>
      <p className="muted">Do the stored rows agree with each other? It reads whole tables.</p>
      {check.isPending && <Loading what="Checking" />}
      {check.error && <Problem error={check.error} />}
      {check.data?.map(({ name, found }) => (
        <div key={name} className="stack">
          <p className="row"><strong>{name}</strong>{found.faults_total === 0 ? <Status tone="good">whole</Status>
            : <Status tone="bad">{`${grouped(found.faults_total)} faults`}</Status>}
          <span className="muted">{Object.keys(found.checked).length} rules, {grouped(Object.values(found.checked)
            .reduce((sum, each) => sum + each, 0))} rows looked at</span></p>
          {found.faults.length > 0 && (
            <DataTable caption={`Faults of the ${name.toLowerCase()}`} rows={found.faults} empty=""
              rowKey={each => `${each.rule} ${each.row}`} columns={[
                { key: 'rule', title: 'Rule', cell: each => each.rule },
                { key: 'row', title: 'Row', cell: each => each.row },
                { key: 'expected', title: 'Expected', cell: each => each.expected },
                { key: 'found', title: 'Found', cell: each => each.found },
              ]} />
          )}
          {found.faults.length < found.faults_total && <p className="muted">{grouped(found.faults.length)} of them are
            shown.</p>}
        </div>
      ))}
    </Card>
  );
}
