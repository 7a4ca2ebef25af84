/** The colours of what a picture shows. */
export type Ink = 'text' | 'quiet' | 'error' | 'warning' | 'key' | 'added';

/** The colours of a picture, on a page that is light or dark. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly paper: string;
  readonly header: string;
  readonly frame: string;
  readonly inks: Readonly<Record<Ink, string>>;
}

export const themes: readonly Theme[] = [
  {
    ...{ name: 'light', paper: '#ffffff', header: '#f6f8fa', frame: '#d1d9e0' },
    inks: {
      ...{ text: '#1f2328', quiet: '#59636e', error: '#cf222e' },
      ...{ warning: '#8250df', key: '#0550ae', added: '#1a7f37' },
    },
  },
  {
    ...{ name: 'dark', paper: '#0d1117', header: '#151b23', frame: '#3d444d' },
    inks: {
      ...{ text: '#f0f6fc', quiet: '#9198a1', error: '#ff7b72' },
      ...{ warning: '#d2a8ff', key: '#79c0ff', added: '#3fb950' },
    },
  },
];
