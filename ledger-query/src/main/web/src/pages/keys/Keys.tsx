import { answer, type LedgerCommand } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useAct } from '../../app/act';
import { usePages } from '../../app/read';
import { useSession } from '../../app/session';
import {
  Address, Answer, Card, Confirm, DataTable, More, secondsUntil, SecretOnce, Status, Time, useNow, type Tone,
} from '../../ui';
import { type ApiKey } from './keyForm';
import { MakeKey } from './MakeKey';
import { RotateKey } from './RotateKey';
import { ALL_SCOPES, SCOPES } from './scopeWords';

const TONES: Record<ApiKey['state'], Tone> = { active: 'good', expired: 'idle', revoked: 'idle' };

export default function Keys() {
  const { config, may } = useSession();
  return (
    <>
      <h1>Keys</h1>
      <WhoAmI />
      {may('admin') && (config.services.command === undefined
        ? <p className="notice">Keys are made by ledger-command, whose address this dashboard was not told.</p>
        : <AllKeys />)}
    </>
  );
}

/** What the services know of the sign-in. */
function WhoAmI() {
  const { caller } = useSession();
  return caller === undefined ? null : (
    <Card title="Your sign-in">
      <dl className="facts">
        <dt>Name</dt><dd>{caller.name}</dd>
        {caller.owner && <><dt>Wallet</dt><dd><Address of={caller.owner} kind="wallet" whole /></dd></>}
        <dt>May</dt>
        <dd><ul>{ALL_SCOPES.filter(each => caller.scopes.has(each)).map(each => (
          <li key={each}>{SCOPES[each]} <code className="muted">{each}</code></li>))}</ul></dd>
      </dl>
    </Card>
  );
}

function AllKeys() {
  const { caller } = useSession();
  const now = useNow(10);
  const [making, setMaking] = useState(false);
  const [rotating, setRotating] = useState<ApiKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const [made, setMade] = useState<LedgerCommand['schemas']['NewApiKey']>();
  const keys = usePages('none', ['keys'], async (ledger, cursor, signal) => {
    const page = await answer(ledger.command.GET('/v1/keys', { signal, params: { query: { limit: 100,
      ...(cursor === undefined ? {} : { cursor }) } } }));
    return { ...page, has_more: page.next_cursor !== undefined };
  }, { every: 0 });
  const revoke = useAct((ledger, { id }: ApiKey) => answer(ledger.command.DELETE('/v1/keys/{id}',
    { params: { path: { id } } })), ['keys']);
  const overlapping = (key: ApiKey) => key.state === 'active' && key.previous_expires_at !== undefined
    && secondsUntil(key.previous_expires_at, now) > 0;
  // An API key manages no keys, which the service would say only afterwards.
  const person = !caller?.token.startsWith('nlk_');
  return (
    <Card title="API keys of services" actions={person && (
      <button type="button" className="primary" onClick={() => setMaking(true)}>New key</button>)}>
      {!person && <p className="notice">An API key makes, rotates and revokes no keys: sign in as a person.</p>}
      <Answer of={keys}>
        {({ pages }) => (
          <>
            <DataTable caption="API keys" rowKey={each => each.id} rows={pages.flatMap(each => each.keys)}
              empty="There is no key." columns={[
                { key: 'name', title: 'Name', cell: each => <><strong className="wrap">{each.name}</strong><br />
                  <code className="muted">{each.prefix}</code></> },
                { key: 'scopes', title: 'May', cell: each => (
                  <>
                    {each.scopes.map(scope => <div key={scope}><code className="nowrap">{scope}</code></div>)}
                    {each.owner && <div>of <Address of={each.owner} kind="wallet" /></div>}
                    {each.provider && <div>of <Address of={each.provider} kind="provider" /></div>}
                  </>) },
                { key: 'state', title: 'State', cell: each => (
                  <>
                    <Status tone={TONES[each.state]}>{each.state}</Status>
                    {each.state !== 'revoked' && <div>until <Time of={each.expires_at} /></div>}
                    {overlapping(each) && <div className="muted">the secret before until{' '}
                      <Time of={each.previous_expires_at ?? ''} /></div>}
                  </>) },
                { key: 'used', title: 'Used last', cell: each => (each.last_used === undefined
                  ? <span className="muted">not known</span>
                  : <><Time of={each.last_used.at} /><div className="muted">{each.last_used.service}</div></>) },
                { key: 'acts-of', title: 'Made, rotated, revoked', cell: each => (
                  <>
                    <By what="made" act={each.made} />
                    {each.rotated && <By what="rotated" act={each.rotated} />}
                    {each.revoked && <By what="revoked" act={each.revoked} />}
                  </>) },
                ...(person ? [{ key: 'acts', title: 'Acts', cell: (each: ApiKey) => each.state === 'active' && (
                  <div className="acts">
                    <button type="button" onClick={() => setRotating(each)}>Rotate</button>
                    <button type="button" className="danger" onClick={() => {
                      revoke.reset();
                      setRevoking(each);
                    }}>Revoke</button>
                  </div>) }] : []),
              ]} />
            <More pages={keys} />
          </>
        )}
      </Answer>
      {making && <MakeKey onClose={() => setMaking(false)} onMade={each => {
        setMaking(false);
        setMade(each);
      }} />}
      {rotating && <RotateKey of={rotating} onClose={() => setRotating(undefined)} onRotated={each => {
        setRotating(undefined);
        setMade(each);
      }} />}
      {made && (
        <SecretOnce title={`The key “${made.key.name}”`} secret={made.secret} onClose={() => setMade(undefined)}>
          <p>Sent as <code>Authorization: Bearer</code>. All services know it within seconds.</p>
        </SecretOnce>
      )}
      {revoking && (
        <Confirm title={`Revoke “${revoking.name}”?`} label="Revoke the key" of={revoke}
          onClose={() => setRevoking(undefined)}
          act={() => revoke.mutate(revoking, { onSuccess: () => setRevoking(undefined) })}>
          <p><code>{revoking.prefix}</code></p>
          <p>Within 5 seconds no service accepts it any more. It cannot be taken back: the program that has it needs
            another one.</p>
        </Confirm>
      )}
    </Card>
  );
}

function By({ what, act }: { what: string; act: ApiKey['made'] }) {
  return <div>{what} by {act.by}, from {act.from}<br /><span className="muted"><Time of={act.at} /></span></div>;
}
