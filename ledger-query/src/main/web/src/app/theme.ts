import { useEffect, useState } from 'react';

export type Theme = 'auto' | 'light' | 'dark';

/** Light or dark: as the machine has it, unless chosen for as long as this page is open. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>('auto');
  useEffect(() => {
    if (theme === 'auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
  }, [theme]);
  const next: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };
  return [theme, () => setTheme(next[theme])];
}
