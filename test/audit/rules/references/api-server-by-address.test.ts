import { apiServerByAddress } from '../../../../lib/audit/rules/references/api-server-by-address.ts';
import { edited } from '../../../installation/example.ts';
import { said } from '../said.ts';

const { good } = apiServerByAddress.examples;
const wrong = edited(good, ['- toEntities: [kube-apiserver]', '- toEntities: [world]']);
const found = ['warning spec.egress.0.to'];

test.each([
  ['by an address alone', wrong, found],
  ['as an entity', good, []],
  ['as part of the cluster', edited(good, ['[kube-apiserver]', '[cluster]']), []],
  ['on a network that may not be of Cilium', good.slice(0, good.indexOf('---')), []],
  [
    'from other pods than those of a database',
    edited(wrong, [
      'podSelector: { matchLabels: { cnpg.io/cluster: immich-db } }',
      'podSelector: { matchLabels: { app: x } }',
    ]),
    [],
  ],
  ['on a port that may be anything', edited(wrong, ['port: 6443', 'port: 443']), []],
  [
    'as an entity for all namespaces',
    `${wrong}---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: api }
specs:
  - endpointSelector: {}
    egress: [{ toEntities: [kube-apiserver] }]
`,
    [],
  ],
])('the API server %s', (_what, manifests, expected) => {
  expect(said('api-server-by-address', manifests)).toEqual(expected);
});
