import { useEffect, useState } from 'react';

/** The time of this machine, in milliseconds since 1970, again every so many seconds. */
export function useNow(everySeconds: number = 1): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}
