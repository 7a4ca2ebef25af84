import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { audit } from '../../lib/audit/audit.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { commentRules } from '../../lib/audit/silence.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import { badExample } from './bad-example.ts';
import { inventoryOf } from './example.ts';

describe.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('catches its bad example', () => {
    const findings = audit(inventoryOf(badExample(rule.examples), { complete: true }), [rule]);
    expect(findings).not.toEqual([]);
    expect(findings.map((finding) => finding.severity)).toContain(rule.severity);
  });

  test('has nothing to say about its good example, alone or as all there is', () => {
    expect(audit(inventoryOf(rule.examples.good), [rule])).toEqual([]);
    expect(audit(inventoryOf(rule.examples.good, { complete: true, externals: externals }), [rule])).toEqual(
      [],
    );
  });

  test('speaks in sentences that end, and says where', () => {
    for (const finding of audit(inventoryOf(badExample(rule.examples), { complete: true }), [rule])) {
      expect(finding).toMatchObject({ rule: id, url: rule.url, file: expect.stringMatching(/\.yaml$/) });
      expect(finding.message).toMatch(/^[^\s].*[.:]$/s);
      expect(finding.fix).toMatch(/\.$/);
      expect(`${finding.message} ${finding.fix}`).not.toMatch(/undefined|\[object|NaN/);
      expect(finding.path.length).toBeGreaterThan(0);
    }
  });
});

/** What the good examples take for granted. */
const externals = [
  ...['immich-db', 'azure-creds'].map((name) => ({ kind: 'Secret', name })),
  ...['immich-library', 'immich-models'].map((name) => ({ kind: 'PersistentVolumeClaim', name })),
  { kind: 'Service', name: 'immich-server' },
  { kind: 'ClusterIssuer', apiGroup: 'cert-manager.io', name: 'letsencrypt-prod' },
];

test('every rule has an id of its own, one line of meaning, why it matters, and a public page', () => {
  expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length);
  for (const { id, meaning, why, url } of allRules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Z][^\n]*\.$/);
    // Two or three sentences, which do not begin by saying the meaning again.
    expect(why.match(/\.(?= |$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(why).toMatch(/^[A-Z"][^\n]*\.$/);
    expect(why).not.toContain(meaning);
    expect(url).toMatch(/^https:\/\//);
  }
});

test('every file of a rule is in the list, named after its rule, and every rule is on the page', () => {
  const root = join(__dirname, '../../lib/audit/rules');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.map((file) => basename(file, '.ts')).sort()).toEqual(allRules.map(({ id }) => id).sort());
  const page = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');
  const linked = [...page.matchAll(/^\| \[(.+?)\]\(rules\/(.+?)\.md\)/gm)].map(([, id, file]) => [id, file]);
  const all = [...allRules, ...commentRules].map(({ id }) => id);
  expect(linked).toEqual(all.map((id) => [id, id]));
  expect(readdirSync(join(__dirname, '../../docs/rules')).sort()).toEqual(all.map((id) => `${id}.md`).sort());
});

test('an empty inventory has no findings', () => {
  expect(audit(new Inventory([]))).toEqual([]);
  expect(audit(new Inventory([], { complete: true }))).toEqual([]);
});
