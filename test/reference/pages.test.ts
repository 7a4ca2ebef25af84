import { readFileSync } from 'node:fs';
import { generatedPages } from '../../lib/reference/pages.ts';

describe('pages derived from the code', () => {
  test.each([...generatedPages()])('%s is what `npm run docs` writes', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
