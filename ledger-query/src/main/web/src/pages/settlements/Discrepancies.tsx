import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { href } from '../../app/router';
import { useSession } from '../../app/session';
import { useMayDecide, useWrite } from '../../app/write';
import { Address, Amount, DataTable, Dialog, Field, Hash, NotShownYet, Problem, Status, Time } from '../../ui';
import { choicesOf, DISCREPANCY_KINDS, monthName, openingText, type Discrepancy } from './terms';

/** Discrepancies, and how people decide about them. */
export function Discrepancies({ rows, empty }: { rows: readonly Discrepancy[]; empty: string }) {
  const { caller } = useSession();
  const [chosen, setChosen] = useState<Discrepancy>();
  const acts = useMayDecide();
  return (
    <>
      <DataTable caption="Discrepancies" rows={rows} rowKey={each => each.key} empty={empty} columns={[
        { key: 'kind', title: 'What', cell: each => (
          <><span className="nowrap" data-tip={DISCREPANCY_KINDS[each.kind].meaning}
            aria-description={DISCREPANCY_KINDS[each.kind].meaning} tabIndex={0}>
            {DISCREPANCY_KINDS[each.kind].name}</span>
          <div className="note nowrap">since <Time of={each.since} /></div></>
        ) },
        { key: 'state', title: 'State', cell: each => <State of={each} /> },
        { key: 'amount', title: 'Amount', align: 'end', cell: each => each.amount && <Amount of={each.amount} /> },
        { key: 'of', title: 'Of', cell: each => <Subject of={each} /> },
        { key: 'owner', title: 'Wallet', cell: each => each.owner && <Address of={each.owner} kind="wallet" /> },
        { key: 'provider', title: 'Provider', cell: each => each.provider && (
          <><Address of={each.provider} kind="provider" /><div className="note nowrap">{each.service}</div></>) },
        { key: 'decide', title: 'Decision', cell: each => choicesOf(each, caller?.name ?? '').length > 0
          && (acts || each.resolution !== undefined || each.proposal !== undefined) && (
          <button type="button" onClick={() => setChosen(each)}>
            {openingText(each, acts, caller?.subject)}
          </button>
        ) },
      ]} />
      {chosen && <Decision about={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

/** What a discrepancy is about: a settlement, a block, or a month. */
function Subject({ of: { settlement, breach, report } }: { of: Discrepancy }) {
  if (settlement !== undefined) {
    return <a className="nowrap" href={href(['settlements', settlement])}>settlement {settlement}</a>;
  }
  if (breach !== undefined) {
    return <a href={href(['blocks', String(breach.block)])}>{breach.rule}, block {breach.block}</a>;
  }
  return report === undefined ? null : (
    <>
      <a href={href(['periods', report.period])}>{monthName(report.period)}</a>
      <div className="note">closed by <Hash of={report.closed_by} what="hash" />, now <Hash of={report.made}
        what="hash" /></div>
    </>
  );
}

function State({ of: { state, proposal } }: { of: Discrepancy }) {
  if (state === 'open' && proposal !== undefined) {
    return <Status tone="info" tip={`Proposed by ${proposal.by}: another person must approve it`}>proposed</Status>;
  }
  return <Status tone={state === 'open' ? 'bad' : state === 'resolved' ? 'good' : 'idle'}>{state}</Status>;
}

/** Resolving, approving and revoking, with what is decided about shown before. */
function Decision({ about, onClose }: { about: Discrepancy; onClose: () => void }) {
  const { caller } = useSession();
  const acts = useMayDecide();
  const { key, amount, proposal, resolution } = about;
  const [reason, setReason] = useState('');
  const path = { params: { path: { key } } };
  const resolve = useWrite((ledger, why: string) => answer(ledger.command.POST('/v1/discrepancies/{key}/resolution',
    { ...path, body: { reason: why, ...(amount === undefined ? {} : { amount }) } })));
  const approve = useWrite((ledger, number: number) => answer(ledger.command.POST(
    '/v1/discrepancies/{key}/resolution/approval', { ...path, body: { amount: amount ?? '0', proposal: number } })));
  const revoke = useWrite((ledger, why: string) => answer(ledger.command.POST(
    '/v1/discrepancies/{key}/resolution/revocation', { ...path, body: { reason: why } })));
  const choices = acts ? choicesOf(about, caller?.name ?? '') : [];
  const busy = resolve.isPending || approve.isPending || revoke.isPending;
  const error = resolve.error ?? approve.error ?? revoke.error;
  const decided = resolve.data ?? approve.data ?? revoke.data;
  if (decided !== undefined) {
    return (
      <Dialog title={DECIDED[decided.state].title} onClose={onClose}>
        <div className="form">
          <p>{DECIDED[decided.state].text}</p>
          <NotShownYet of={decided} />
          <dl className="facts"><dt>By</dt><dd>{decided.by}</dd><dt>Reason</dt><dd>{decided.reason}</dd>
            {decided.amount && <><dt>Amount</dt><dd><Amount of={decided.amount} /></dd></>}</dl>
          <button type="button" className="primary" onClick={onClose}>Done</button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={DISCREPANCY_KINDS[about.kind].name} onClose={onClose}>
      <div className="form">
        <p className="muted">{DISCREPANCY_KINDS[about.kind].meaning}.</p>
        <Facts of={about} />
        {proposal && <p className="notice">{proposal.by} has proposed to resolve it, <Time of={proposal.at} />: “
          {proposal.reason}”</p>}
        {resolution && <p className="notice good">{resolution.by} has resolved it, <Time of={resolution.at} />: “
          {resolution.reason}”</p>}
        {choices.includes('wait') && <p>You have proposed it: another person must approve it.</p>}
        {(choices.includes('resolve') || choices.includes('revoke')) && (
          <Field label={choices.includes('resolve') ? 'Reason' : 'Reason to revoke it'} value={reason} maxLength={2000}
            autoComplete="off" onChange={event => setReason(event.target.value)}
            hint={choices.includes('resolve') ? amount === undefined
              ? 'It is stored with your name, and anybody who reads finance sees it.'
              : 'You decide about exactly this amount: once it changes, the discrepancy is open again. Above the '
                + "ledger's limit another person must approve." : undefined} />
        )}
        {error && <Problem error={error} />}
        <div className="row">
          {choices.includes('resolve') && (
            <button type="button" className="primary" disabled={busy || reason.trim() === ''}
              onClick={() => resolve.mutate(reason.trim())}>{busy ? 'Storing…' : 'Resolve'}</button>
          )}
          {choices.includes('approve') && proposal && (
            <button type="button" className="primary" disabled={busy}
              onClick={() => approve.mutate(proposal.number)}>{busy ? 'Storing…' : 'Approve'}</button>
          )}
          {choices.includes('revoke') && (
            <button type="button" className="danger" disabled={busy || reason.trim() === ''}
              onClick={() => revoke.mutate(reason.trim())}>
              {proposal && resolution === undefined ? 'Revoke the proposal' : 'Revoke the resolution'}</button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

const DECIDED = {
  proposed: { title: 'Proposed', text: 'The amount is above the limit of one person: another person must approve it.' },
  resolved: { title: 'Resolved', text: 'It is resolved for as long as the amount stays what it is.' },
  revoked: { title: 'Revoked', text: 'Nothing that was decided about it counts any longer: it is open again.' },
} as const;

function Facts({ of: { key, amount, owner, provider, service, settlement, breach, since } }: { of: Discrepancy }) {
  return (
    <dl className="facts">
      {amount && <><dt>Amount</dt><dd><Amount of={amount} /></dd></>}
      {owner && <><dt>Wallet</dt><dd><Address of={owner} kind="wallet" /></dd></>}
      {provider && <><dt>Provider</dt><dd><Address of={provider} kind="provider" /></dd></>}
      {service && <><dt>Service</dt><dd>{service}</dd></>}
      {settlement && <><dt>Settlement</dt><dd><a href={href(['settlements', settlement])}>{settlement}</a></dd></>}
      {breach && <><dt>Rule</dt><dd>{breach.rule}</dd><dt>Expected</dt><dd>{breach.expected}</dd>
        <dt>Found</dt><dd>{breach.actual}</dd></>}
      <dt>Since</dt><dd><Time of={since} beside /></dd>
      <dt>Key</dt><dd><Hash of={key} what="key" /></dd>
    </dl>
  );
}
