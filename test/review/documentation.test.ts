import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownReport } from '../../lib/review/report/markdown.ts';
import { reviewOf } from '../../lib/review/review.ts';
import { edited, home } from '../installation/example.ts';
import { reviewedByHand } from './human-reviews.ts';
import { change, installed } from './trees.ts';

const page = readFileSync(join(__dirname, '../../docs/review.md'), 'utf8');

test('the page shows a review as it is written, and links what it is compared with', () => {
  const review = reviewOf(change(installed(home), installed(edited(home, ['size: 500Gi', 'size: 400Gi']))));
  const [, shown = ''] = page.split('## What it looks like\n\n');
  const words = (text: string) =>
    text
      .replace(/^> ?/gm, '')
      .replace(/installations\/home\.yaml:\d+/g, 'installations/home.yaml')
      .split(/\s+/)
      .filter((word) => word !== '');
  expect(words(shown)).toEqual(words(markdownReport(review)));
  for (const { url } of Object.values(reviewedByHand)) expect(page).toContain(url);
});
