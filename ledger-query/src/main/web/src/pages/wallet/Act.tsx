import { answer, ofZeroG, ProblemError, zeroG, type LedgerClient } from 'neuron-ledger-client/browser';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { getAddress, isAddress } from 'viem';
import { useLive } from '../../app/live';
import { useRead } from '../../app/read';
import { useSession } from '../../app/session';
import { useStatus } from '../../app/status';
import { rulesOf, type Target } from '../../chain/contracts';
import { forecastOf, isSame, type Forecast, type LockPeriods, type WalletAction } from '../../chain/forecast';
import { holdingsOf, noHoldings, type Holdings } from '../../chain/holdings';
import { knownServices } from '../../chain/services';
import { sign } from '../../chain/sign';
import { discoverWallets, type AnnouncedWallet } from '../../chain/wallets';
import { Amount, amountText, Choice, Dialog, Field, sentenceOf } from '../../ui';
import { SentProgress } from './SentProgress';

/** What is wanted: what was clicked on fills the fields. */
export interface ActRequest {
  readonly kind: WalletAction['kind'];
  readonly provider?: string;
  readonly service?: string;
  readonly accepted?: boolean;
}

const NAMES: Record<WalletAction['kind'], string> = {
  deposit: 'Deposit',
  transfer: 'Transfer',
  retrieve: 'Retrieve',
  withdraw: 'Withdraw',
  acknowledge: 'Acknowledge',
};
const MEANS: Record<WalletAction['kind'], string> = {
  deposit: 'Moves coins of the wallet into its ledger; the first ones open it.',
  transfer:
    "Sets money of the ledger aside for a provider's service. It cancels pending refunds of that sub-account " +
    'first, the newest first, and moves only the rest.',
  retrieve:
    'Fetches the refunds that are past their lock, and asks back all else that is free there, which waits for ' +
    'the lock. Retrieve again after that to fetch it.',
  withdraw: 'Moves available money of the ledger back to the wallet.',
  acknowledge: 'Decides whether you accept the settlements of a provider.',
};

/** An owner's ledger now, or that it has none. */
async function holdingsNow(
  ledger: LedgerClient,
  owner: string,
  from: { readonly min_block?: number },
  signal?: AbortSignal,
): Promise<{ holdings: Holdings; behind: boolean }> {
  try {
    const found = await answer(
      ledger.query.GET('/v1/ledgers/{owner}', {
        ...(signal ? { signal } : {}),
        params: { path: { owner }, query: { detail: true, ...from } },
      }),
    );
    return { holdings: holdingsOf(found), behind: found.as_of.behind };
  } catch (e) {
    if (e instanceof ProblemError && e.code === 'ledger-not-found') {
      return { holdings: noHoldings(owner), behind: false };
    }
    throw e;
  }
}

/** What an owner holds by a ledger that has this block; undefined while it is behind the chain. */
async function caughtUp(ledger: LedgerClient, owner: string, block: number): Promise<Holdings | undefined> {
  try {
    const { holdings, behind } = await holdingsNow(ledger, owner, { min_block: block });
    return behind ? undefined : holdings;
  } catch (e) {
    if (e instanceof ProblemError && e.code === 'block-not-reached') {
      return undefined;
    }
    throw e;
  }
}

/** The lock period of each service, for who may read them. */
function useLocks(): LockPeriods {
  const { may } = useSession();
  const services = useRead(
    'all',
    ['services'],
    (ledger, signal) => answer(ledger.query.GET('/v1/services', { signal, params: { query: { limit: 500 } } })),
    { enabled: may('ledger:read') },
  );
  return services.data && new Map(services.data.services.map(each => [each.service, each.lock_seconds]));
}

/** One act of an owner: what is wanted, what it will do, the signature, and what became of it. */
export default function Act({
  owner,
  target,
  request,
  onClose,
}: {
  owner: string;
  target: Target;
  request: ActRequest;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<{ hash: string; wallet: AnnouncedWallet }>();
  return (
    <Dialog
      title={request.accepted === false ? 'Refuse' : NAMES[request.kind]}
      onClose={busy ? undefined : onClose}>
      {sent === undefined ? (
        <Decide
          owner={owner}
          target={target}
          request={request}
          busy={busy}
          onBusy={setBusy}
          onSent={(hash, wallet) => setSent({ hash, wallet })}
        />
      ) : (
        <SentProgress owner={owner} hash={sent.hash} wallet={sent.wallet} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Decide({
  owner,
  target,
  request,
  busy,
  onBusy,
  onSent,
}: {
  owner: string;
  target: Target;
  request: ActRequest;
  /** Whether the wallet has been asked and has not answered: what it signs then must not be lost. */
  busy: boolean;
  onBusy: (busy: boolean) => void;
  onSent: (hash: string, wallet: AnnouncedWallet) => void;
}) {
  const { ledger } = useSession();
  const locks = useLocks();
  const confirmations = useStatus(10_000).data?.following.confirmations ?? 0;
  const { seen } = useLive();
  const now = useRead(
    owner,
    ['holdings'],
    (client, signal) => holdingsNow(client, owner, seen.of(owner), signal),
    { every: 10_000 },
  );
  const { refetch } = now;
  useEffect(() => {
    void refetch(); // What was read for an act before can be of the past.
  }, [refetch]);
  const [action, setAction] = useState<WalletAction>();
  const [agreedTo, setAgreedTo] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [wallets, setWallets] = useState<readonly AnnouncedWallet[]>([]);
  useEffect(() => discoverWallets(setWallets), []);
  const forecast = action && now.data && forecastOf(action, now.data.holdings, locks, rulesOf(target));
  const cancels = forecast?.cancels.join(' ') ?? '';
  const agreed = agreedTo === cancels; // To these words: others need to be agreed to anew.
  useEffect(() => setProblem(undefined), [action]);

  const start = (wallet: AnnouncedWallet) => {
    if (action !== undefined && forecast !== undefined) {
      onBusy(true);
      setProblem(undefined);
      const decided = { action, forecast, locks }; // What is shown at this click, and nothing that comes later.
      sign(wallet.provider, target, owner, decided, {
        status: async () => {
          const { deployment, following } = await answer(ledger.query.GET('/v1/status'));
          return { followed: deployment, confirmations: following.confirmations };
        },
        holdings: block => caughtUp(ledger, owner, block),
      })
        .then(hash => onSent(hash, wallet))
        .catch((e: unknown) => {
          void refetch();
          setProblem(sentenceOf(e));
        })
        .finally(() => onBusy(false));
    }
  };
  const ready =
    now.isFetchedAfterMount &&
    forecast !== undefined &&
    forecast.refusal === undefined &&
    (forecast.cancels.length === 0 || agreed);
  return (
    <div className="form">
      <p className="muted">{MEANS[request.kind]}</p>
      {now.data && <Fields request={request} holdings={now.data.holdings} locks={locks} onChange={setAction} />}
      <div aria-live="polite" className="stack">
        {forecast && (
          <Foreseen forecast={forecast} agreed={agreed} onAgree={yes => setAgreedTo(yes ? cancels : undefined)} />
        )}
        {now.data?.behind && (
          <p className="notice warn">The ledger is behind the chain: what is foreseen may be of the past.</p>
        )}
        {confirmations > 0 && (
          <p className="muted">
            The ledger has a block once {confirmations} are on top of it. What others do in the newest {confirmations},
            such as a settlement of a provider, is not foreseen here.
          </p>
        )}
        {now.error !== null && now.data === undefined && <p className="wrong">{sentenceOf(now.error)}</p>}
        {problem && (
          <p className="notice bad" role="alert">
            {problem}
          </p>
        )}
      </div>
      {wallets.length === 0 && (
        <p className="notice">
          This browser has no wallet that announces itself (EIP-6963). Install or unlock one, and this page finds it.
        </p>
      )}
      {wallets.map(each => (
        <button key={each.id} type="button" className="primary" disabled={!ready || busy} onClick={() => start(each)}>
          {busy ? 'Look at your wallet…' : `Sign with ${each.name}`}
        </button>
      ))}
    </div>
  );
}

/** What will happen, what is undone by it, and what would refuse it. */
function Foreseen({
  forecast,
  agreed,
  onAgree,
}: {
  forecast: Forecast;
  agreed: boolean;
  onAgree: (agreed: boolean) => void;
}) {
  if (forecast.refusal !== undefined) {
    return (
      <p className="notice bad">
        <strong>The contract would refuse it.</strong> {forecast.refusal}
      </p>
    );
  }
  return (
    <>
      <div className="notice">
        <p>
          <strong>What will happen</strong>
        </p>
        <ul className="sentences">
          {forecast.effects.map(each => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        {forecast.after && (
          <p className="row">
            <span className="muted">After it</span>
            <span>
              <span className="muted">available</span> <Amount of={forecast.after.available} />
            </span>
            <span>
              <span className="muted">total</span> <Amount of={forecast.after.total} />
            </span>
          </p>
        )}
      </div>
      {forecast.cancels.length > 0 && (
        <div className="notice warn">
          <p>
            <strong>It undoes refunds</strong>
          </p>
          <ul className="sentences">
            {forecast.cancels.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <label>
            <input type="checkbox" checked={agreed} onChange={event => onAgree(event.target.checked)} /> Cancel
            {forecast.cancels.length === 1 ? ' this refund' : ' these refunds'}
          </label>
        </div>
      )}
    </>
  );
}

const AMOUNT_RULE = 'An amount of 0G has digits, and at most 18 decimals after a point: 0.5 for example.';

/** An amount as it is typed; undefined where it is none. */
function typedAmount(text: string): bigint | undefined {
  try {
    return ofZeroG(text.trim());
  } catch {
    return undefined;
  }
}

function Fields({
  request,
  holdings,
  locks,
  onChange,
}: {
  request: ActRequest;
  holdings: Holdings;
  locks: LockPeriods;
  onChange: (action: WalletAction | undefined) => void;
}) {
  const services = knownServices(request.kind, holdings, locks);
  const [amount, setAmount] = useState('');
  const [provider, setProvider] = useState(request.provider ?? '');
  const [service, setService] = useState(request.service ?? holdings.subAccounts[0]?.service ?? 'inference-v1.0');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const list = useId();
  const serviceList = useId();
  const neuron = typedAmount(amount);
  const address = isAddress(provider.trim()) ? getAddress(provider.trim()) : undefined;
  const among = holdings.subAccounts.filter(
    each => each.service === service && (request.provider === undefined || each.provider === request.provider),
  );
  const chosen = among.map(each => each.provider).filter(each => !left.has(each));
  const action: WalletAction | undefined = wanted();
  const last = useRef<WalletAction>(undefined);
  useEffect(() => {
    // Each rendering makes it anew.
    if (!isSame(action, last.current)) {
      last.current = action;
      onChange(action);
    }
  });

  function wanted(): WalletAction | undefined {
    switch (request.kind) {
      case 'deposit':
      case 'withdraw':
        return neuron === undefined ? undefined : { kind: request.kind, amount: neuron };
      case 'transfer':
        return neuron === undefined || address === undefined
          ? undefined
          : { kind: 'transfer', provider: address, service, amount: neuron };
      case 'retrieve':
        return { kind: 'retrieve', service, providers: chosen };
      case 'acknowledge':
        return address === undefined
          ? undefined
          : { kind: 'acknowledge', provider: address, service, accepted: request.accepted ?? true };
    }
  }
  const stay = (event: FormEvent) => event.preventDefault();
  const withProvider = request.kind === 'transfer' || request.kind === 'acknowledge';
  return (
    <form className="form" onSubmit={stay}>
      {withProvider && (
        <Field
          label="Provider"
          value={provider}
          onChange={event => setProvider(event.target.value)}
          list={list}
          placeholder="0x…"
          spellCheck={false}
          autoComplete="off"
          readOnly={request.provider !== undefined}
          problem={
            provider !== '' && address === undefined
              ? 'An address is 0x and 40 hexadecimal digits; with capitals among them they are its checksum.'
              : undefined
          }
        />
      )}
      {withProvider && (
        <datalist id={list}>
          {[...new Set(holdings.subAccounts.map(each => each.provider))].map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {(withProvider || request.kind === 'retrieve') &&
        (!services.all ? (
          <>
            <Field
              label="Service"
              value={service}
              onChange={event => setService(event.target.value)}
              list={serviceList}
              spellCheck={false}
              autoComplete="off"
              readOnly={request.service !== undefined}
            />
            <datalist id={serviceList}>
              {services.names.map(each => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </>
        ) : (
          <Choice
            label="Service"
            value={service}
            onChange={event => setService(event.target.value)}
            disabled={request.service !== undefined}
            options={[...new Set([service, ...services.names])].map(each => [each, each] as const)}
          />
        ))}
      {request.kind === 'retrieve' && among.length > 1 && (
        <fieldset className="plain">
          <legend>From</legend>
          {among.map(each => (
            <label key={each.provider}>
              <input
                type="checkbox"
                checked={!left.has(each.provider)}
                onChange={event =>
                  setLeft(before => {
                    const next = new Set(before);
                    if (event.target.checked) {
                      next.delete(each.provider);
                    } else {
                      next.add(each.provider);
                    }
                    return next;
                  })
                }
              />{' '}
              <span className="mono breaking">{each.provider}</span>
            </label>
          ))}
        </fieldset>
      )}
      {request.kind !== 'retrieve' && request.kind !== 'acknowledge' && (
        <Field
          label="Amount (0G)"
          value={amount}
          onChange={event => setAmount(event.target.value)}
          inputMode="decimal"
          autoComplete="off"
          autoFocus
          problem={amount !== '' && neuron === undefined ? AMOUNT_RULE : undefined}
          hint={request.kind === 'deposit' ? undefined : `Available: ${amountText(holdings.available)}`}
        />
      )}
      {request.kind === 'withdraw' && (
        <button type="button" onClick={() => setAmount(zeroG(holdings.available))}>
          All that is available
        </button>
      )}
    </form>
  );
}
