import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ProblemError } from 'neuron-ledger-client/browser';
import { useEffect, useState } from 'react';
import { Loading } from '../ui/Answer';
import { Problem } from '../ui/Problem';
import { readConfig, type Config } from './config';
import { LiveProvider } from './live';
import { SessionProvider, useSession } from './session';
import { Shell } from './Shell';
import { SignInPage } from './SignIn';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchInterval: 30_000, // For what no event announces; events have answers asked for at once.
      // The client has repeated what it may: what is left is a service that is away for longer.
      retry: (_, error) => !(error instanceof ProblemError) || error.status >= 500,
      retryDelay: attempt => Math.min(1_000 * 2 ** attempt, 10_000),
    },
  },
});

export function App() {
  const [config, setConfig] = useState<Config>();
  const [error, setError] = useState<unknown>();
  const read = () => {
    setError(undefined);
    readConfig().then(setConfig, setError);
  };
  useEffect(read, []);
  if (config === undefined) {
    return <main>{error === undefined ? <Loading what="Starting" /> : <Problem error={error} retry={read} />}</main>;
  }
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider config={config}>
        <SignedIn />
      </SessionProvider>
    </QueryClientProvider>
  );
}

function SignedIn() {
  const { caller } = useSession();
  return caller === undefined ? <SignInPage /> : <LiveProvider><Shell /></LiveProvider>;
}
