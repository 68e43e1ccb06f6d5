import { answer, LedgerClient, neuron, ofZeroG, zeroG } from 'neuron-ledger-client/browser';
import { useState, type FormEvent } from 'react';
import { useSession } from '../../app/session';
import { useWrite } from '../../app/write';
import { Address, Amount, Choice, Dialog, Field, NotShownYet, Problem, sentenceOf, Time } from '../../ui';
import { costOf, reportOf, type UsageEntry, type UsageReport } from './terms';

type Units = UsageReport['units'];
type LineKind = Extract<Units, { kind: 'priced' }>['lines'][number]['kind'];

/** May this caller correct what was reported? Finance does, and providers their own. */
export function useMayCorrect(): boolean {
  const { config, may } = useSession();
  return config.services.command !== undefined && may('finance:write', 'usage:write');
}

/** Reverses a wrong report, or replaces it by the right one. What was reported is never changed. */
export function CorrectionDialog({ wrong, onClose }: { wrong: UsageEntry; onClose: () => void }) {
  const [replaces, setReplaces] = useState(true);
  const [reason, setReason] = useState('');
  const correct = useWrite((ledger, replacement: UsageReport | undefined) => answer(ledger.command.POST(
    '/v1/usage/corrections', { body: { report: reportOf(wrong), reason: reason.trim(),
      ...(replacement === undefined ? {} : { replacement }) } })));
  return (
    <Dialog title={`Correct request ${wrong.request_id}`} onClose={onClose}>
      {correct.data !== undefined ? (
        <div className="form">
          <p>{correct.data.replaced_by === undefined ? 'It is reversed'
            : `It is reversed, and replaced by ${correct.data.replaced_by}`}. The report stays in the history.</p>
          <NotShownYet of={correct.data} />
          <button type="button" className="primary" onClick={onClose}>Done</button>
        </div>
      ) : (
        <div className="form">
          <p className="muted">It was accepted with <Amount of={wrong.fee} />, <Time of={wrong.when} />. The report
            stays in the history, with your name and the reason beside it.</p>
          <Choice label="What was it?" value={replaces ? 'replace' : 'reverse'}
            options={[['replace', 'Wrong: this replaces it'], ['reverse', 'No request at all: reverse it']]}
            onChange={event => setReplaces(event.target.value === 'replace')} />
          <Field label="Reason" value={reason} maxLength={2000} autoComplete="off"
            onChange={event => setReason(event.target.value)} />
          {replaces ? (
            <ReportForm key="replace" from={{ ...reportOf(wrong), request_id: `${wrong.request_id}-b` }}
              submit="Replace it" ready={reason.trim() !== ''} busy={correct.isPending}
              onReport={each => correct.mutate(each)} />
          ) : (
            <button type="button" className="danger" disabled={reason.trim() === '' || correct.isPending}
              onClick={() => correct.mutate(undefined)}>{correct.isPending ? 'Storing…' : 'Reverse it'}</button>
          )}
          {correct.error && <Problem error={correct.error} />}
        </div>
      )}
    </Dialog>
  );
}

/** Reports a request that was forgotten, with the key of its provider: nobody else reports for a provider. */
export function LateReportDialog({ of, onClose }: { of: Pick<UsageReport, 'owner' | 'provider' | 'service' | 'when'>;
  onClose: () => void }) {
  const { config } = useSession();
  const [key, setKey] = useState('');
  const report = useWrite((_, given: UsageReport) => {
    const command = new URL(config.services.command ?? '', window.location.href).href.replace(/\/$/, '');
    return answer(new LedgerClient({ command }, { token: key.trim() }).command.POST('/v1/usage', { body: given }));
  });
  return (
    <Dialog title="Report a request" onClose={onClose}>
      {report.data !== undefined ? (
        <div className="form">
          <p>It is recorded.</p>
          <NotShownYet of={report.data} />
          <button type="button" className="primary" onClick={onClose}>Done</button>
        </div>
      ) : (
        <div className="form">
          <p className="muted">A late report counts as of when the request was completed.</p>
          <Field label="Key of the provider" type="password" value={key} autoComplete="off" spellCheck={false}
            onChange={event => setKey(event.target.value)}
            hint="It reports for this provider, and is used for this report only. An administrator makes one." />
          <ReportForm submit="Report it" ready={key.trim() !== ''} busy={report.isPending}
            onReport={each => report.mutate(each)} from={{ ...of, request_id: '', model: '', source: 'direct', fee: '0',
              units: { kind: 'images', count: 1, price: '0' } }} />
          {report.error && <Problem error={report.error} />}
        </div>
      )}
    </Dialog>
  );
}

/** The texts of a form; amounts in 0G. */
interface Typed extends TypedTexts {
  readonly kind: Units['kind'];
  readonly lines: readonly TypedLine[];
}

/** A line of priced or unpriced units; the price of one of unpriced units is not read. */
interface TypedLine {
  readonly kind: LineKind;
  readonly tier?: string;
  readonly count: string;
  readonly price: string;
}

interface TypedTexts {
  readonly request_id: string;
  readonly model: string;
  readonly when: string;
  /** The charge, of unpriced units. */
  readonly fee: string;
  readonly count: string;
  readonly price: string;
  readonly input: string;
  readonly cached: string;
  readonly output: string;
  readonly inputPrice: string;
  readonly cachedPrice: string;
  readonly outputPrice: string;
}

function typedOf({ request_id, model, when, units, fee }: UsageReport): Typed {
  const none = { count: '0', price: '0', input: '0', cached: '0', output: '0', inputPrice: '0', cachedPrice: '0',
    outputPrice: '0' };
  const price = (digits: string) => zeroG(neuron(digits));
  const typed = { request_id, model, when, kind: units.kind, fee: price(fee), lines: [], ...none };
  if (units.kind === 'priced') {
    return { ...typed, lines: units.lines.map(line => ({ ...line, count: String(line.count),
      price: price(line.price) })) };
  }
  if (units.kind === 'unpriced') {
    return { ...typed, lines: units.lines.map(line => ({ ...line, count: String(line.count), price: '0' })) };
  }
  return { ...typed, ...(units.kind === 'tokens' ? {
    input: String(units.input), cached: String(units.cached_input), output: String(units.output),
    inputPrice: price(units.input_price), cachedPrice: price(units.cached_input_price),
    outputPrice: price(units.output_price) } : { count: String(units.count), price: price(units.price) }) };
}

/** @throws RangeError with a sentence for people */
function unitsOf(typed: Typed): Units {
  const count = (text: string) => {
    if (!/^\d{1,15}$/.test(text.trim())) {
      throw new RangeError(`not a count: ${text}`);
    }
    return Number(text);
  };
  const price = (text: string) => ofZeroG(text.trim()).toString();
  const counted = ({ kind, tier, count: text }: TypedLine) => ({ kind, ...(tier === undefined ? {} : { tier }),
    count: count(text) });
  if (typed.kind === 'priced') {
    return { kind: typed.kind, lines: typed.lines.map(line => ({ ...counted(line), price: price(line.price) })) };
  }
  if (typed.kind === 'unpriced') {
    return { kind: typed.kind, lines: typed.lines.map(counted) };
  }
  return typed.kind === 'tokens' ? { kind: typed.kind, input: count(typed.input), cached_input: count(typed.cached),
    output: count(typed.output), input_price: price(typed.inputPrice), cached_input_price: price(typed.cachedPrice),
    output_price: price(typed.outputPrice) } : { kind: typed.kind, count: count(typed.count),
    price: price(typed.price) };
}

function ReportForm({ from, submit, ready, busy, onReport }: { from: UsageReport; submit: string; ready: boolean;
  busy: boolean; onReport: (report: UsageReport) => void }) {
  const [typed, setTyped] = useState(() => typedOf(from));
  const field = (name: keyof TypedTexts, label: string, hint?: string) => (
    <Field label={label} value={typed[name]} required autoComplete="off" spellCheck={false} hint={hint}
      onChange={event => setTyped({ ...typed, [name]: event.target.value })} />
  );
  const lineField = (nth: number, name: 'count' | 'price', label: string) => (
    <Field key={`${nth} ${name}`} label={label} value={typed.lines[nth]?.[name] ?? ''} required autoComplete="off"
      spellCheck={false} onChange={event => setTyped({ ...typed,
        lines: typed.lines.map((line, i) => (i === nth ? { ...line, [name]: event.target.value } : line)) })} />
  );
  let units: Units | undefined;
  let fee: bigint | undefined;
  let problem: string | undefined;
  try {
    units = unitsOf(typed);
    fee = costOf(units) ?? ofZeroG(typed.fee.trim());
  } catch (e) {
    problem = sentenceOf(e);
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (units !== undefined && fee !== undefined) {
      onReport({ ...from, request_id: typed.request_id.trim(), model: typed.model.trim(), when: typed.when.trim(),
        units, fee: fee.toString() });
    }
  };
  return (
    <form className="form" onSubmit={send}>
      <dl className="facts"><dt>Wallet</dt><dd><Address of={from.owner} kind="wallet" /></dd>
        <dt>Provider</dt><dd><Address of={from.provider} kind="provider" /></dd>
        <dt>Service</dt><dd>{from.service}</dd></dl>
      <div className="filters">
        {field('request_id', 'Request id')}
        {field('model', 'Model')}
        {field('when', 'Completed at', 'UTC, as 2026-10-01T12:30:00Z')}
        <Choice label="Units" value={typed.kind} options={[['tokens', 'tokens'], ['images', 'images'],
          ['seconds', 'seconds'], ...(from.units.kind === 'priced'
            ? [['priced', 'several, with prices'] as const] : []),
          ...(from.units.kind === 'unpriced' ? [['unpriced', 'a charge without prices'] as const] : [])]}
          onChange={event => setTyped({ ...typed, kind: event.target.value as Units['kind'] })} />
        {typed.kind === 'tokens' ? (
          <>
            {field('input', 'Input tokens')}
            {field('cached', 'Of them cached')}
            {field('output', 'Output tokens')}
            {field('inputPrice', 'Price of input', '0G each')}
            {field('cachedPrice', 'Price of cached', '0G each')}
            {field('outputPrice', 'Price of output', '0G each')}
          </>
        ) : typed.kind === 'priced' || typed.kind === 'unpriced' ? (
          <>
            {typed.lines.map(({ kind, tier }, nth) => {
              const name = `${kind.replaceAll('-', ' ')}${tier === undefined ? '' : ` (${tier})`}`;
              return [lineField(nth, 'count', `Count of ${name}`),
                typed.kind === 'priced' && lineField(nth, 'price', `Price of ${name}, 0G each`)];
            })}
            {typed.kind === 'unpriced' && field('fee', 'Charge', '0G, unverified')}
          </>
        ) : <>{field('count', 'Count')}{field('price', 'Price', '0G each')}</>}
      </div>
      {problem === undefined && fee !== undefined ? <p>Fee <Amount of={fee} /></p>
        : <p className="wrong">{problem}</p>}
      <button className="primary" disabled={!ready || busy || fee === undefined}>{busy ? 'Storing…' : submit}</button>
    </form>
  );
}
