import { answer, type LedgerClient } from 'neuron-ledger-client/browser';
import { useEffect, useState, type ReactNode } from 'react';
import { useRead } from '../../app/read';
import { useSession } from '../../app/session';
import { useMayDecide, useWrite } from '../../app/write';
import { Answer, AsOf, Card, Dialog, DownloadButton, Field, Hash, NotShownYet, Problem, sha256Of, Status, Time,
  useNow, type Tone } from '../../ui';
import { ReportFigures, ReportRows } from './Report';
import { frozenReportOf, isOver, proposalOf, type Period, type PeriodReport } from './terms';

interface Count {
  readonly none: boolean;
  readonly text: string;
}

/** The steps by which a month is closed: by one person who proposes it, and by another one who approves it. */
export function Closing({ of, wrong, open }: { of: Period; wrong: Count | undefined; open: Count | undefined }) {
  const { caller } = useSession();
  const now = useNow(60);
  const [shown, setShown] = useState<string>();
  const [asked, setAsked] = useState<'reopening' | 'revocation'>();
  const { period, state, frozen, report } = of;
  const path = { params: { path: { period } } };
  const freeze = useWrite(async (ledger): Promise<{ hash: string; token?: string }> => ({
    hash: (await answer(ledger.query.POST('/v1/periods/{period}/reports', path))).report.hash }));
  const acts = useMayDecide();
  const proposal = proposalOf(of);
  const own = proposal !== undefined && proposal.by === caller?.name;
  const closed = state === 'closed' || state === 'reopening-proposed';
  const proposed = state === 'closing-proposed';
  const over = isOver(period, now);
  const closing = { proposed: of.decisions.findLast(each => each.kind === 'closing-proposed'),
    approved: of.decisions.findLast(each => each.kind === 'closed') };
  useEffect(() => {
    if (freeze.data !== undefined) {
      setShown(freeze.data.hash);
    }
  }, [freeze.data]);
  return (
    <Card title="Closing the month" wide actions={acts && (
      <>
        {proposal && <button type="button" className="danger" onClick={() => setAsked('revocation')}>
          Revoke the proposal…</button>}
        {state === 'closed' && <button type="button" onClick={() => setAsked('reopening')}>Reopen…</button>}
      </>
    )}>
      <ol className="steps">
        <Step name="What does not match" {...(wrong === undefined || open === undefined ? WAITS
          : open.none ? { tone: 'good', word: wrong.none ? 'nothing' : 'nothing is open' }
            : { tone: 'warn', word: 'something is open' })}>
          {wrong && open && <p>What does not match: {wrong.text}; {open.text}. {open.none ? ''
            : 'A month can be closed all the same.'}</p>}
        </Step>
        <Step name="Freeze the report" {...(frozen.length > 0 ? { tone: 'good', word: 'done' } : over
          ? { tone: 'info', word: 'next' } : WAITS)}>
          {frozen.length === 0 && <p>{over ? 'The report is made once, as of the newest block, and its bytes are '
            + 'kept for ever under their SHA-256.' : 'The month is not over yet.'}</p>}
          {[...frozen].reverse().map(hash => (
            <p key={hash} className="row"><Hash of={hash} what="hash" />
              {report?.hash === hash && <Status tone={closed ? 'good' : 'info'}>{closed ? 'closed by it'
                : 'proposed'}</Status>}
              <button type="button" onClick={() => setShown(hash)}>Look at it…</button></p>
          ))}
          {acts && over && !closed && !proposed && (
            <p><button type="button" className={frozen.length === 0 ? 'primary' : ''} disabled={freeze.isPending}
              onClick={() => freeze.mutate(undefined)}>
              {freeze.isPending ? 'Freezing…' : frozen.length === 0 ? 'Freeze the report' : 'Freeze another one'}
            </button></p>
          )}
          {freeze.error && <Problem error={freeze.error} />}
        </Step>
        <Step name="One person proposes to close" {...(closed || proposed ? { tone: 'good', word: 'done' }
          : frozen.length > 0 ? { tone: 'info', word: 'next' } : WAITS)}>
          {!closed && !proposed && frozen.length > 0 && <p>Look at the frozen report, and propose to close the month by
            it.</p>}
          {proposed && proposal && <p>{proposal.by} proposed it, <Time of={proposal.at} />.</p>}
          {closed && closing.proposed && <p>{closing.proposed.by} proposed it, <Time of={closing.proposed.at} />.</p>}
        </Step>
        <Step name="Another person approves" {...(closed ? { tone: 'good', word: 'closed' }
          : proposed ? { tone: 'info', word: 'next' } : WAITS)}>
          {proposed && report && (own ? <p>You have proposed it: another person must approve it.</p> : acts && (
            <p><button type="button" className="primary" onClick={() => setShown(report.hash)}>
              Look at the report, and approve…</button></p>
          ))}
          {closed && closing.approved && <p>{closing.approved.by} approved it, <Time of={closing.approved.at} />.</p>}
          {closed && report && <p>The report of these days is this one, byte for byte, whatever becomes known
            later:{' '}
            <Hash of={report.hash} what="hash" /></p>}
          {of.kept === false && <p className="wrong">Its bytes are not kept here.</p>}
        </Step>
        {state === 'reopening-proposed' && proposal && (
          <Step name="Reopening is proposed" tone="warn" word="next">
            <p>{proposal.by} proposed it, <Time of={proposal.at} />: “{proposal.reason}”</p>
            {own ? <p>You have proposed it: another person must approve it.</p>
              : acts && report && <ApproveReopening period={period} report={report.hash} number={proposal.number} />}
          </Step>
        )}
      </ol>
      {shown && <FrozenDialog of={of} hash={shown} onClose={() => setShown(undefined)} />}
      {asked && <ReasonDialog period={period} what={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

const WAITS = { tone: 'idle', word: 'not yet' } as const;

function Step({ name, tone, word, children }: { name: string; tone: Tone; word: string; children: ReactNode }) {
  return <li><p className="row"><strong>{name}</strong><Status tone={tone}>{word}</Status></p>{children}</li>;
}

function ApproveReopening({ period, report, number }: { period: string; report: string; number: number }) {
  const approve = useWrite(ledger => answer(ledger.command.POST('/v1/periods/{period}/reopening/approval',
    { params: { path: { period } }, body: { report, proposal: number } })));
  return (
    <>
      <p><button type="button" className="primary" disabled={approve.isPending || approve.isSuccess}
        onClick={() => approve.mutate(undefined)}>
        {approve.isPending ? 'Storing…' : 'Approve the reopening'}</button></p>
      <NotShownYet of={approve.data} />
      {approve.error && <Problem error={approve.error} />}
    </>
  );
}

const REASONED = {
  reopening: { title: 'Propose to reopen the month', act: 'Propose', text: 'Another person must approve it. Only the '
    + 'last closed month is reopened: the reports of later ones build on it.' },
  revocation: { title: 'Revoke the proposal', act: 'Revoke', text: 'Nobody can approve it any longer.' },
} as const;

function ReasonDialog({ period, what, onClose }: { period: string; what: keyof typeof REASONED; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const path = { params: { path: { period } } };
  const decide = useWrite((ledger, why: string) => what === 'reopening'
    ? answer(ledger.command.POST('/v1/periods/{period}/reopening', { ...path, body: { reason: why } }))
    : answer(ledger.command.POST('/v1/periods/{period}/revocation', { ...path, body: { reason: why } })));
  return (
    <Dialog title={REASONED[what].title} onClose={onClose}>
      <form className="form" onSubmit={event => {
        event.preventDefault();
        decide.mutate(reason.trim(), { onSuccess: ({ shown }) => shown && onClose() });
      }}>
        <p className="muted">{REASONED[what].text}</p>
        <Field label="Reason" value={reason} maxLength={2000} autoComplete="off" required
          onChange={event => setReason(event.target.value)} />
        <NotShownYet of={decide.data} />
        {decide.error && <Problem error={decide.error} />}
        <button className="primary" disabled={decide.isPending || decide.isSuccess || reason.trim() === ''}>
          {decide.isPending ? 'Storing…' : REASONED[what].act}</button>
      </form>
    </Dialog>
  );
}

/** The bytes of a frozen report, and what their SHA-256 is here: undefined where this page cannot compute it. */
async function readFrozen(ledger: LedgerClient, period: string, hash: string, signal: AbortSignal) {
  const bytes = await (await ledger.stream(pathOf(period, hash), { signal, headers: { Accept: 'application/json' } }))
    .arrayBuffer();
  return { report: JSON.parse(new TextDecoder().decode(bytes)) as PeriodReport, computed: await sha256Of(bytes) };
}

function pathOf(period: string, hash: string): string {
  return `/v1/periods/${encodeURIComponent(period)}/reports/${encodeURIComponent(hash)}`;
}

/** A frozen report, checked against its hash; by it the month is proposed to be closed, and is closed. */
function FrozenDialog({ of, hash, onClose }: { of: Period; hash: string; onClose: () => void }) {
  const { caller } = useSession();
  const decides = useMayDecide();
  const { period, state, report } = of;
  const path = { params: { path: { period } } };
  const found = useRead('none', ['frozen', period, hash], (ledger, signal) => readFrozen(ledger, period, hash, signal));
  const named = found.data && frozenReportOf(hash, found.data.report);
  const propose = useWrite((ledger, by: NonNullable<typeof named>) => answer(ledger.command.POST(
    '/v1/periods/{period}/closing', { ...path, body: { report: by } })));
  const approve = useWrite((ledger, number: number) => answer(ledger.command.POST(
    '/v1/periods/{period}/closing/approval', { ...path, body: { report: hash, proposal: number } })));
  const proposal = proposalOf(of);
  const right = found.data !== undefined && (found.data.computed === undefined || found.data.computed === hash);
  const acts = decides && right;
  const error = propose.error ?? approve.error;
  return (
    <Dialog title="Frozen report" onClose={onClose} broad>
      <div className="form">
        <p className="mono wrap">{hash}</p>
        <Answer of={found}>
          {({ report: kept, computed }) => (
            <>
              <p>{computed === undefined ? <span className="muted">Without a secure connection this page cannot
                compute the SHA-256 of the bytes: save them, and compare it.</span> : computed === hash
                ? <Status tone="good">the bytes have this SHA-256</Status>
                : <Status tone="bad">the bytes have another SHA-256</Status>}</p>
              <AsOf of={kept.as_of} />
              <ReportFigures rows={kept.rows} />
              <ReportRows report={kept} />
              <div className="row">
                <DownloadButton path={pathOf(period, hash)} accept="application/json" name={`report-${period}.json`}>
                  Save the bytes</DownloadButton>
              </div>
            </>
          )}
        </Answer>
        {propose.data && <p className="notice good">You have proposed to close the month by this report. Another person
          must approve it.</p>}
        {approve.data && <p className="notice good">The month is closed by this report.</p>}
        <NotShownYet of={propose.data ?? approve.data} />
        {error && <Problem error={error} />}
        {acts && named && (state === 'open' || state === 'reopened') && !propose.data && (
          <button type="button" className="primary" disabled={propose.isPending} onClick={() => propose.mutate(named)}>
            {propose.isPending ? 'Storing…' : 'Propose to close the month by this report'}</button>
        )}
        {acts && state === 'closing-proposed' && report?.hash === hash && proposal && !propose.data
          && !approve.data && (proposal.by === caller?.name
            ? <p>You have proposed it: another person must approve it.</p> : (
            <button type="button" className="primary" disabled={approve.isPending}
              onClick={() => approve.mutate(proposal.number)}>
              {approve.isPending ? 'Storing…' : 'Approve: close the month by this report'}</button>
          ))}
      </div>
    </Dialog>
  );
}
