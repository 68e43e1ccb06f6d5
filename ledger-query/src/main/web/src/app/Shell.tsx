import { Component, Suspense, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import icon from '../icon.svg';
import { Loading } from '../ui/Answer';
import { Dialog } from '../ui/Dialog';
import { Problem } from '../ui/Problem';
import { Time } from '../ui/Time';
import { Tips } from '../ui/Tip';
import { useLive, type LiveState } from './live';
import { PAGES, pageOf, type Page } from './pages';
import { href, navigate, usePlace } from './router';
import { useSession } from './session';
import { SignInForms } from './SignIn';
import { useTheme } from './theme';

const LIVE: Record<LiveState, { tone: string; word: string; tip: string }> = {
  connecting: { tone: 'idle', word: 'connecting', tip: 'Connecting to the events' },
  live: { tone: 'good live', word: 'live', tip: 'What happens is shown as it happens' },
  reconnecting: { tone: 'warn', word: 'reconnecting',
    tip: 'No connection to the events; it goes on after the last one' },
  off: { tone: 'idle', word: 'every 30 s',
    tip: 'Your sign-in receives no events: pages are read again every 30 seconds' },
};

/** What surrounds every page: search, navigation, the state of the connection, and the sign-in once it has expired. */
export function Shell() {
  const { caller, expired, may, signOut } = useSession();
  const { path } = usePlace();
  const [open, setOpen] = useState(false);
  const [theme, nextTheme] = useTheme();
  const live = LIVE[useLive().state];
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    setOpen(false);
    if (before.current !== path) { // The first page keeps the focus at the top.
      before.current = path;
      main.current?.focus();
      window.scrollTo(0, 0);
    }
  }, [path]);
  const visible = PAGES.filter(each => each.nav !== undefined && mayShow(each, may));
  return (
    <>
      <a className="skip" href="#main" onClick={event => {
        event.preventDefault();
        main.current?.focus();
      }}>Skip to the page</a>
      <header className="top">
        <a className="brand" href={href([])}><img src={icon} width="24" height="24" alt="" />neuron-ledger</a>
        <SearchBox />
        <span className={`status ${live.tone}`} role="status" data-tip={live.tip}>{live.word}</span>
        <button type="button" className="quiet" onClick={nextTheme} aria-label={`Colours: ${theme}. Change them`}
          data-tip={`Colours: ${theme}`}>
          {theme === 'auto' ? '◐' : theme === 'dark' ? '●' : '○'}
        </button>
        <span className="who" data-tip={caller?.owner ?? caller?.name}>{caller?.name}</span>
        <button type="button" className="sign-out" onClick={signOut}>Sign out</button>
        <button type="button" className="menu" aria-expanded={open} aria-controls="navigation"
          onClick={() => setOpen(!open)}>Menu</button>
      </header>
      <div className="body">
        <nav id="navigation" className={open ? 'main open' : 'main'} aria-label="Pages">
          {(['Money', 'Finance', 'Marketplace', 'Administration'] as const)
            .map(group => [group, visible.filter(each => each.group === group)] as const)
            .filter(([, pages]) => pages.length > 0)
            .map(([group, pages]) => (
              <div key={group}>
                <h2>{group}</h2>
                {pages.map(each => <NavigationLink key={each.pattern} page={each} path={path} />)}
              </div>
            ))}
          {caller?.endsAt !== undefined && <p className="ends">Signed in until <Time of={caller.endsAt} /></p>}
          <button type="button" className="menu" onClick={signOut}>Sign out</button>
        </nav>
        <main id="main" ref={main} tabIndex={-1}>
          <PageBoundary key={path}>
            <Suspense fallback={<Loading />}><CurrentPage path={path} may={may} /></Suspense>
          </PageBoundary>
        </main>
      </div>
      {expired && (
        <Dialog title="Your sign-in has ended">
          <div className="stack">
            <p className="muted">{caller?.endsAt !== undefined && <>It was good until <Time of={caller.endsAt} />, if
              nobody has ended it before. </>}Sign in again to go on where you were.</p>
            <SignInForms />
          </div>
        </Dialog>
      )}
      <Tips />
    </>
  );
}

function mayShow(page: Page, may: ReturnType<typeof useSession>['may']): boolean {
  return page.needs.length === 0 || may(...page.needs);
}

function NavigationLink({ page, path }: { page: Page; path: string }) {
  const current = page.pattern === '/' ? path === '/' : path === page.pattern || path.startsWith(`${page.pattern}/`);
  return <a href={`#${page.pattern}`} aria-current={current ? 'page' : undefined}>{page.nav}</a>;
}

function CurrentPage({ path, may }: { path: string; may: ReturnType<typeof useSession>['may'] }) {
  const found = pageOf(path);
  useEffect(() => {
    document.title = `${found?.page.nav ?? found?.values.owner ?? found?.values.provider ?? path} · neuron-ledger`;
  }, [found, path]);
  if (found === undefined) {
    return <><h1>There is no such page</h1><p>The address names none: <a href={href([])}>to the overview</a>.</p></>;
  }
  if (!mayShow(found.page, may)) {
    return <><h1>Not for this sign-in</h1><p>It lacks what this page needs: {found.page.needs.join(' or ')}.</p></>;
  }
  const Show = found.page.show;
  return <Show values={found.values} />;
}

function SearchBox() {
  const { path, query } = usePlace();
  const [text, setText] = useState('');
  useEffect(() => setText(path === '/search' ? query.get('q') ?? '' : ''), [path]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') {
      navigate(href(['search'], { q: text.trim() }));
    }
  };
  return (
    <form role="search" onSubmit={submit}>
      <input type="search" value={text} onChange={event => setText(event.target.value)} maxLength={200}
        aria-label="Search" placeholder="Address, hash, block or id" />
    </form>
  );
}

/** A page that fails leaves the rest as it is. */
class PageBoundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return 'error' in this.state ? <><h1>This page has failed</h1>
      <Problem error={this.state.error} retry={() => window.location.reload()} /></> : this.props.children;
  }
}
