/**
 * Light or dark: the system's choice until the reader makes one, which is remembered.
 * @module
 */
import { useState } from 'preact/hooks';

type Theme = 'light' | 'dark';

export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(presentTheme);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    document.documentElement.dataset['theme'] = other;
    remember(other);
    setTheme(other);
  };
  return (
    <button type="button" class="plain" onClick={change}>
      {other === 'dark' ? 'Dark' : 'Light'} theme
    </button>
  );
}

function presentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
