import { useEffect, useRef, useState, type FormEvent } from 'react';
import icon from '../icon.svg';
import { discoverWallets, type AnnouncedWallet } from '../chain/wallets';
import { Field } from '../ui/Field';
import { sentenceOf } from '../ui/Problem';
import { Tips } from '../ui/Tip';
import { codeGrant } from './codes';
import type { Issuer } from './issuer';
import { tokenByWindow } from './issuerWindow';
import { useSession } from './session';

/** The page before the first sign-in. */
export function SignInPage() {
  return (
    <main className="sign-in">
      <p className="brand"><img src={icon} width="24" height="24" alt="" />neuron-ledger</p>
      <div className="card">
        <header><h1>Sign in</h1></header>
        <SignInForms />
      </div>
      <p className="muted">What you sign in with stays in the memory of this page: nothing of it is stored, and
        closing the page ends it.</p>
      <Tips />
    </main>
  );
}

type Way = 'code' | 'window' | 'token' | 'wallet';

const NAMES = { code: 'One-time code', window: 'Company account' } as const;

/** The ways to sign in that this deployment has. */
export function SignInForms() {
  const { config } = useSession();
  const ways: readonly (readonly [Way, string])[] = [
    ...(config.sign_in ? [[config.sign_in.way, NAMES[config.sign_in.way]] as const] : []),
    ['token', 'Key or token'],
    ...(config.services.command && config.chain ? [['wallet', 'Wallet'] as const] : []),
  ];
  const [way, setWay] = useState<Way>(ways[0]?.[0] ?? 'token');
  return (
    <div className="stack">
      {ways.length > 1 && (
        <div className="tabs" role="group" aria-label="How to sign in">
          {ways.map(([each, name]) => (
            <button key={each} type="button" aria-pressed={way === each} onClick={() => setWay(each)}>{name}</button>
          ))}
        </div>
      )}
      {way === 'code' && <CodeForm />}
      {way === 'window' && config.sign_in && <IssuerForm issuer={config.sign_in} />}
      {way === 'token' && <TokenForm />}
      {way === 'wallet' && <WalletForm />}
    </div>
  );
}

/** Runs a sign-in, one at a time; what fails is a sentence. Meanwhile its button keeps the focus. */
function useAttempt(): { busy: boolean; problem: string | undefined; run: (attempt: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = (attempt: () => Promise<void>) => {
    if (busy) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    attempt().catch((e: unknown) => setProblem(sentenceOf(e))).finally(() => setBusy(false));
  };
  return { busy, problem, run };
}

function CodeForm() {
  const { config, signIn } = useSession();
  const { busy, problem, run } = useAttempt();
  const [code, setCode] = useState('');
  const granted = useRef<{ readonly code: string; readonly token: string }>(undefined); // A code is good once.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (config.sign_in !== undefined) {
        const given = code.trim();
        if (granted.current?.code !== given) {
          granted.current = { code: given, token: await codeGrant(config.sign_in, given) };
        }
        await signIn(granted.current.token);
      }
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label="Code" value={code} onChange={event => setCode(event.target.value)} autoComplete="one-time-code"
        spellCheck={false} required autoFocus problem={problem}
        hint={<>The program that runs the ledger has printed it; it is good once.{' '}
          <code>./ledger token --code</code> prints another one.</>} />
      <button className="primary" disabled={code.trim() === ''} aria-disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}

function IssuerForm({ issuer }: { issuer: Issuer }) {
  const { signIn } = useSession();
  const { busy, problem, run } = useAttempt();
  const left = useRef<AbortController>(undefined);
  useEffect(() => {
    const here = new AbortController();
    left.current = here;
    return () => here.abort();
  }, []);
  const { host } = new URL(issuer.issuer);
  const open = () => run(async () => {
    const { token, name } = await tokenByWindow(issuer, left.current?.signal);
    await signIn(token, name);
  });
  return (
    <div className="form">
      <p>You sign in at {host}, in a window of its own. This page sees neither your password nor anything else that
        you enter there.</p>
      <button type="button" className="primary" aria-disabled={busy} onClick={open}>
        {busy ? `Waiting for the window of ${host}…` : `Sign in at ${host}`}
      </button>
      {problem && <p className="wrong" role="alert">{problem}</p>}
    </div>
  );
}

function TokenForm() {
  const { signIn } = useSession();
  const { busy, problem, run } = useAttempt();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(() => signIn(token.trim().replace(/^(Authorization:\s*)?Bearer\s+/i, '')));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label="API key or token" type="password" value={token} onChange={event => setToken(event.target.value)}
        autoComplete="off" spellCheck={false} required problem={problem}
        hint={<>Begins with <code>nlk_</code>, or is what <code>./ledger token</code> prints.</>} />
      <button className="primary" disabled={token.trim() === ''} aria-disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}

function WalletForm() {
  const { ledger, signIn } = useSession();
  const { busy, problem, run } = useAttempt();
  const [wallets, setWallets] = useState<readonly AnnouncedWallet[]>([]);
  useEffect(() => discoverWallets(setWallets), []);
  const connect = (wallet: AnnouncedWallet) => run(async () => {
    const { walletToken } = await import('../chain/signIn');
    const { token, owner } = await walletToken(ledger, wallet);
    await signIn(token, `${owner.slice(0, 6)}…${owner.slice(-4)}`);
  });
  return (
    <div className="form">
      <p>Your wallet signs a message, which moves no money. You then read your own ledger.</p>
      {wallets.length === 0 && <p className="notice">This browser has no wallet that announces itself (EIP-6963).
        Install or unlock one, and this page finds it.</p>}
      {wallets.map(each => (
        <button key={each.id} type="button" className="primary" aria-disabled={busy} onClick={() => connect(each)}>
          {busy ? 'Look at your wallet…' : `Sign in with ${each.name}`}
        </button>
      ))}
      {problem && <p className="wrong" role="alert">{problem}</p>}
    </div>
  );
}
