import { useSyncExternalStore } from 'react';

/** Choices the browser remembers between visits; a browser that forbids it just forgets them. */
export type Theme = 'system' | 'light' | 'dark';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`tenure.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`tenure.${name}`, value);
  } catch {
    // Storage is forbidden or full: the choice holds until the page is closed.
  }
}

export function initialTheme(value: string | null): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

let theme = initialTheme(remembered('theme'));
const watchers = new Set<() => void>();

/** The theme in force, the same for every switch that shows it. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => theme,
  );
}

export function chooseTheme(chosen: Theme): void {
  theme = chosen;
  remember('theme', chosen);
  applyTheme();
  for (const watcher of watchers) {
    watcher();
  }
}

/** The style sheet follows the system unless a theme is named on the root. */
export function applyTheme(): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}
