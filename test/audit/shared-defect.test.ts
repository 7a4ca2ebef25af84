import { audit } from '../../lib/audit/audit.ts';
import { documents, machineLearning, server } from '../../lib/audit/examples.ts';
import type { Finding } from '../../lib/audit/finding.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { withoutRepetitions } from '../../lib/audit/shared-defect.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';
import { show } from '../../lib/text/shown.ts';

const finding = (name: string, message: string, line?: number): Finding => ({
  rule: 'a-rule',
  severity: 'error',
  file: 'shared.yaml',
  ...(line === undefined ? {} : { line, column: 1 }),
  path: ['data', 'a'],
  object: { kind: 'Deployment', namespace: 'photos', name },
  message: show(message),
  fix: show('Mend it.'),
  url: 'https://example.com',
});
const all = (...findings: readonly Finding[]) =>
  findings.map((one) => ({ finding: one, isImmichs: one.object.name === 'server' }));

test("one text is one finding, which names Immich's object and counts the others", () => {
  const found = withoutRepetitions(
    all(
      finding('a', 'a is wrong.', 3),
      finding('server', 'server is wrong.', 3),
      finding('b', 'b is wrong.', 3),
    ),
  );
  expect(found.map(({ message }) => message)).toEqual([
    'server is wrong. The same text reaches 2 other objects.',
  ]);
});

test('other places, other defects of one object, and objects without places are told each', () => {
  const findings = all(
    finding('server', 'It is wrong.', 3),
    { ...finding('server', 'It is wrong in another way.', 3), fix: show('Mend it otherwise.') },
    finding('server', 'It is wrong.', 4),
    finding('a', 'a is wrong.'),
    finding('b', 'b is wrong.'),
  );
  expect(withoutRepetitions(findings)).toHaveLength(5);
});

test('a value that two parts read is mended once', () => {
  const findings = all(
    finding('server', 'The server never reads it.', 3),
    finding('server', 'Nor does the other.', 3),
  );
  expect(withoutRepetitions(findings).map(({ message }) => message)).toEqual(['The server never reads it.']);
});

test('one defect in a config map of several parts', () => {
  const text = documents(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: env, namespace: immich }\ndata: { HOME: /nowhere }',
    machineLearning(
      'envFrom: [{ configMapRef: { name: env } }]\nsecurityContext: { readOnlyRootFilesystem: true }',
    ),
    machineLearning(
      'envFrom: [{ configMapRef: { name: env } }]\nsecurityContext: { readOnlyRootFilesystem: true }',
    ).replace('name: immich-machine-learning', 'name: second'),
    server(''),
  );
  const manifests = splitDocuments('all.yaml', text).flatMap(readManifests);
  const rules = allRules.filter(({ id }) => id === 'unwritable-path');
  const home = audit(new Inventory(manifests), rules).filter(({ message }) => message.includes('HOME'));
  expect(home).toHaveLength(1);
});
