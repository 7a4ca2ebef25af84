import { NetworkPolicies } from '../../lib/components/network-policies.ts';
import type { Addresses, OtherPods, OwnPods } from '../../lib/kubernetes/network.ts';
import { built, objectIn } from './built.ts';

const one: OwnPods = { kind: 'own', name: 'one', labels: { app: 'one' } };
const two: OwnPods = { kind: 'own', name: 'two', labels: { app: 'two' } };
const friends: OtherPods = { kind: 'other', name: 'Friends', namespaces: ['a', 'b'], labels: {} };
const outside: Addresses = {
  kind: 'addresses',
  name: 'outside',
  ranges: ['0.0.0.0/0', '::/0'],
  except: ['10.0.0.0/8', 'fc00::/7'],
};

const text = built(
  (chart) =>
    new NetworkPolicies(chart, 'policies', {
      namespace: 'photos',
      pods: [one, two],
      edges: [
        { from: one, to: two, ports: [{ protocol: 'TCP', port: 1 }] },
        {
          from: friends,
          to: one,
          ports: [
            { protocol: 'UDP', port: 2 },
            { protocol: 'TCP', port: 2 },
          ],
        },
        { from: two, to: outside, ports: [{ protocol: 'TCP', port: 3 }] },
      ],
    }),
);
const policy = (name: string) => objectIn(text, 'NetworkPolicy', name).spec;
const selects = (app: string) => ({ podSelector: { matchLabels: { app } } });

test('everything is denied, in both directions, to all pods', () => {
  expect(policy('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('an edge between two pods of ours is allowed at both ends', () => {
  expect(policy('one').egress).toEqual([{ to: [selects('two')], ports: [{ protocol: 'TCP', port: 1 }] }]);
  expect(policy('two').ingress).toEqual([{ from: [selects('one')], ports: [{ protocol: 'TCP', port: 1 }] }]);
});

test('an edge from others is allowed at our end, from their namespaces', () => {
  expect(policy('one').ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }],
          },
        },
      ],
      ports: [
        { protocol: 'UDP', port: 2 },
        { protocol: 'TCP', port: 2 },
      ],
    },
  ]);
});

test('exceptions stand in the range of their own family', () => {
  expect(policy('two').egress).toEqual([
    {
      to: [
        { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } },
        { ipBlock: { cidr: '::/0', except: ['fc00::/7'] } },
      ],
      ports: [{ protocol: 'TCP', port: 3 }],
    },
  ]);
});

test('each rule is explained', () => {
  expect(text).toContain('# From Friends.');
  expect(text).toContain('# To outside.');
});
