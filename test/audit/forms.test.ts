import { audit } from '../../lib/audit/audit.ts';
import type { Finding } from '../../lib/audit/finding.ts';
import type { Rule } from '../../lib/audit/rule.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { renderReleases } from '../../lib/repository/helm/releases.ts';
import { badExample } from './bad-example.ts';
import { manifest, manifestsOf } from './example.ts';
import { asAppTemplate, asImmichChart } from './forms.ts';

/** What is wrong in a pod template, and cannot be said in the values of a chart. */
const notInValues = [
  // A chart writes the volumes and the mounts from one entry.
  'missing-volume',
  // The fault lies in another object, and the Deployment only shows what is right.
  'missing-middleware',
  'missing-service',
  // Speaks only where everything is known.
  'policy-peer-matches-nothing',
];

/** What Immich's own chart sets right by itself. */
const rightInChart = ['unwritable-home', 'machine-learning-not-found'];

const applicable = allRules.filter(
  ({ id, examples }) => /kind: Deployment/.test(badExample(examples)) && !notInValues.includes(id),
);

describe.each([
  ['app-template', asAppTemplate],
  ["Immich's chart", asImmichChart],
] as const)('in the values of %s', (_, convert) => {
  test.each(
    applicable
      .filter(({ id }) => convert === asAppTemplate || !rightInChart.includes(id))
      .map((rule) => [rule.id, rule] as const),
  )('%s is caught', (__, rule) => {
    expect(findings(rule, badExample(rule.examples), convert)).not.toEqual([]);
  });

  test.each(applicable.map((rule) => [rule.id, rule] as const))(
    '%s has nothing to say when it is right',
    (__, rule) => {
      expect(findings(rule, rule.examples.good, convert)).toEqual([]);
    },
  );
});

test('a finding in values names the release, and the value in it', () => {
  const [rule] = allRules.filter(({ id }) => id === 'dead-probe');
  const found = rule === undefined ? [] : findings(rule, badExample(rule.examples), asAppTemplate);
  expect(found).toMatchObject([
    {
      object: { kind: 'HelmRelease', name: 'immich-server', namespace: 'immich' },
      path: [
        'spec',
        'values',
        'controllers',
        'main',
        'containers',
        'main',
        'probes',
        'liveness',
        'spec',
        'httpGet',
        'path',
      ],
    },
  ]);
});

function findings(
  rule: Rule,
  example: string,
  convert: (deployment: KubernetesObject) => KubernetesObject,
): Finding[] {
  const manifests = manifestsOf(example).map((one) =>
    one.object.kind === 'Deployment' && JSON.stringify(one.object).includes('immich-app/')
      ? manifest(one.file, convert(one.object))
      : one,
  );
  const rendered = renderReleases(manifests);
  return audit(new Inventory([...manifests, ...rendered.manifests], { opaque: rendered.opaque }), [rule]);
}
