import { answer } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { instantAfter } from '../../app/durations';
import {
  Address, Answer, Card, Choice, Confirm, DataTable, grouped, More, Problem, secondsUntil, Status, Time, useNow,
} from '../../ui';
import { conditionText, KINDS, type AlertRule } from './alertWords';
import { MakeRule } from './MakeRule';
import { useRules } from './rulesRead';

const MUTES: readonly (readonly [string, string])[] = [
  ['3600', '1 hour'], ['28800', '8 hours'], ['86400', '1 day'], ['604800', '7 days'], ['2592000', '30 days'],
];

interface Change {
  readonly id: string;
  readonly body: { readonly enabled?: boolean; readonly muted_until?: string | null };
}

/** The rules, and all that may be done with them. */
export function Rules({ owner }: { owner: string | undefined }) {
  const rules = useRules(owner);
  const now = useNow(10);
  const [making, setMaking] = useState(false);
  const [muting, setMuting] = useState<AlertRule>();
  const [deleting, setDeleting] = useState<AlertRule>();
  const query = owner === undefined ? {} : { owner };
  const change = useAct((ledger, { id, body }: Change) => answer(ledger.query.PATCH('/v1/alert-rules/{id}',
    { params: { path: { id }, query }, body })), ['alert-rules', 'alerts']);
  const test = useAct((ledger, { id }: AlertRule) => answer(ledger.query.POST('/v1/alert-rules/{id}/test',
    { params: { path: { id }, query } })), ['alerts']);
  const remove = useAct((ledger, { id }: AlertRule) => ledger.query.DELETE('/v1/alert-rules/{id}',
    { params: { path: { id }, query } }), ['alert-rules', 'alerts']);
  const muted = (rule: AlertRule) => rule.muted_until !== undefined && secondsUntil(rule.muted_until, now) > 0;
  return (
    <Card title="Rules" actions={<button type="button" className="primary" onClick={() => setMaking(true)}>
      New rule</button>}>
      {change.error !== null && <Problem error={change.error} />}
      {test.error !== null && <Problem error={test.error} />}
      {test.isSuccess && <p className="notice good" role="status">A test alert was sent at{' '}
        <Time of={test.data.recorded_at} />; it is in the list below.</p>}
      <Answer of={rules}>
        {({ pages }) => (
          <>
            {pages.flatMap(each => each.unreadable).map(id => (
              <p key={id} className="notice bad">The stored rule {id} cannot be read, and is not judged.</p>))}
            <DataTable caption="Rules" rowKey={each => each.id} rows={pages.flatMap(each => each.rules)}
              empty="There is no rule yet: nothing is watched." columns={[
                { key: 'kind', title: 'What', cell: each => <><strong>{KINDS[each.kind].title}</strong>
                  {conditionText(each) && <><br /><span className="muted">{conditionText(each)}</span></>}</> },
                { key: 'about', title: 'About', cell: each => <AboutRule rule={each} /> },
                { key: 'state', title: 'State', cell: each => (!each.enabled ? <Status tone="idle">switched off</Status>
                  : muted(each) ? <><Status tone="warn">muted</Status> until <Time of={each.muted_until ?? ''} /></>
                    : <Status tone="good">on</Status>) },
                { key: 'made', title: 'Made', cell: each => <>{each.made_by}<br />
                  <span className="muted"><Time of={each.made_at} /></span></> },
                { key: 'acts', title: 'Acts', cell: each => (
                  <div className="acts">
                    <button type="button" disabled={change.isPending} onClick={() => change.mutate(
                      { id: each.id, body: { enabled: !each.enabled } })}>
                      {each.enabled ? 'Switch off' : 'Switch on'}</button>
                    {muted(each)
                      ? <button type="button" disabled={change.isPending} onClick={() => change.mutate(
                        { id: each.id, body: { muted_until: null } })}>End muting</button>
                      : <button type="button" onClick={() => setMuting(each)}>Mute</button>}
                    <button type="button" disabled={test.isPending} onClick={() => test.mutate(each)}>Test</button>
                    <button type="button" className="danger" onClick={() => {
                      remove.reset();
                      setDeleting(each);
                    }}>Delete</button>
                  </div>) },
              ]} />
            <More pages={rules} />
          </>
        )}
      </Answer>
      {making && <MakeRule owner={owner} onClose={() => setMaking(false)} />}
      {muting && <Mute rule={muting} running={change} onClose={() => setMuting(undefined)}
        mute={seconds => change.mutate({ id: muting.id, body: { muted_until: instantAfter(Date.now(), seconds) } },
          { onSuccess: () => setMuting(undefined) })} />}
      {deleting && (
        <Confirm title="Delete this rule?" label="Delete the rule" of={remove} onClose={() => setDeleting(undefined)}
          act={() => remove.mutate(deleting, { onSuccess: () => setDeleting(undefined) })}>
          <p><strong>{KINDS[deleting.kind].title}</strong> {conditionText(deleting)}</p>
          <p>What it has raised recovers. Its alerts stay in the list.</p>
        </Confirm>
      )}
    </Card>
  );
}

function Mute({ rule, running, mute, onClose }: { rule: AlertRule; onClose: () => void;
  running: { readonly isPending: boolean; readonly error: unknown }; mute: (seconds: number) => void }) {
  const [seconds, setSeconds] = useState(MUTES[1]?.[0] ?? '');
  return (
    <Confirm title="Mute this rule" label="Mute" danger={false} of={running} onClose={onClose}
      act={() => mute(Number(seconds))}>
      <p><strong>{KINDS[rule.kind].title}</strong> {conditionText(rule)}</p>
      <Choice label="For" value={seconds} options={MUTES} onChange={event => setSeconds(event.target.value)}
        hint="Alerts are recorded and not sent. What still holds when the muting ends is sent then." />
    </Confirm>
  );
}

function AboutRule({ rule }: { rule: AlertRule }) {
  const [first, ...others] = rule.owners;
  return (
    <div>
      {rule.owner !== undefined && <Address of={rule.owner} kind="wallet" />}
      {rule.owner === undefined && first !== undefined && (
        <><Address of={first} kind="wallet" />{others.length > 0 && ` and ${grouped(others.length)} more`}</>)}
      {rule.provider !== undefined && <> <Address of={rule.provider} kind="provider" /></>}
      {rule.service !== undefined && <> {rule.service}</>}
      {rule.owner === undefined && first === undefined && rule.provider === undefined && rule.service === undefined
        && <span className="muted">all</span>}
    </div>
  );
}
