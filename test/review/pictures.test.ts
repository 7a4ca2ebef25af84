import { markdownReport } from '../../lib/review/report/markdown.ts';
import { reviewOf } from '../../lib/review/review.ts';
import { edited, home } from '../installation/example.ts';
import { change, installed, type Texts } from './trees.ts';

const withMail = edited(home, [
  'volumes:',
  'config: { notifications: { smtp: { enabled: true, transport: { host: mail.example.org } } } }\nvolumes:',
]);
const of = (before: Texts, after: Texts) => reviewOf(change(before, after)).pictures;

test('a place that comes is framed, and the comment shows the picture', () => {
  const [picture, ...others] = of(installed(home), installed(withMail));
  expect(others).toEqual([]);
  expect(picture?.gone).toEqual([]);
  expect(picture?.mermaid).toMatch(/\n {2}class the-mail-server added$/);
  const comment = markdownReport(reviewOf(change(installed(home), installed(withMail))));
  expect(comment).toContain(`\n\`\`\`mermaid\n${picture?.mermaid}\n\`\`\`\n`);
});

test('what goes is named', () => {
  expect(of(installed(withMail), installed(home))).toEqual([
    expect.objectContaining({ gone: ['the-mail-server', 'immich-server to the-mail-server'] }),
  ]);
});

test('another version in a box is no new picture', () => {
  const newer = edited(home, ['version: v3.3.1', 'version: v3.3.2']);
  expect(of(installed(home), installed(newer))).toEqual([]);
});

test('the picture of a release that gave names less room is compared all the same', () => {
  const before = installed(home);
  const path = 'dist/home/README.md';
  const page = (before[path] ?? '').replace(/^%%.*\n/m, '').replaceAll(/<\/?b>/g, '');
  expect(page).toContain('```mermaid\nflowchart LR\n');
  expect(of({ ...before, [path]: page }, installed(home))).toEqual([]);
  expect(of({ ...before, [path]: page }, installed(withMail))).toHaveLength(1);
});

test.each([
  ['a link', '  click immich-server "https://evil.example.org"'],
  ['a setting of Mermaid', '%%{init: {"securityLevel": "loose"}}%%'],
  ['markup in a box', '  immich-server["<img src=x>"]'],
])('a page with %s that somebody wrote by hand is not shown', (_, line) => {
  const after = installed(withMail);
  const path = 'dist/home/README.md';
  const page = edited(after[path] ?? '', ['  end\n  subgraph', `  end\n${line}\n  subgraph`]);
  expect(of(installed(home), { ...after, [path]: page })).toEqual([]);
});
