import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
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
      networkMode: 'always', // The services can be on this machine, which needs no network.
      retry: false, // The client has repeated what it may; the page says so, and asks again like this.
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
