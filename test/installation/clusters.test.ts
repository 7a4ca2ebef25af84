import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { blocksOf, withLines, withoutKey } from '../runbook/procedures.ts';
import { home } from './example.ts';

const page = readFileSync(join(__dirname, '../../docs/clusters.md'), 'utf8');

const cases = ['k3s', 'Talos with Cilium', 'kubeadm with Calico', 'MicroK8s'].flatMap((title) =>
  blocksOf(page, title)
    .filter(({ language }) => language === 'yaml')
    .map(({ text }, index): [string, string] => [`${title}, ${index + 1}`, text]),
);

function distWith(lines: string): string {
  const rest = /^route:/m.test(lines) ? withoutKey(home, 'route') : home;
  const { files, problems } = synthesize(new Map([['installations/x.yaml', withLines(rest, lines)]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...(files ?? [])].flatMap(([path, text]) => (path.endsWith('.md') ? [] : [text])).join('\n');
}

test('every chapter has something to write', () => {
  expect(cases.map(([title]) => title)).toEqual([
    'k3s, 1',
    'Talos with Cilium, 1',
    'Talos with Cilium, 2',
    'kubeadm with Calico, 1',
    'MicroK8s, 1',
    'MicroK8s, 2',
  ]);
});

test.each(cases)('%s: what is to be written is taken, and changes dist', (_, lines) => {
  expect(distWith(lines)).not.toBe(distWith('{}'));
});

test('each does what its chapter says', () => {
  const dist = new Map(cases.map(([title, lines]) => [title, distWith(lines)]));
  expect(dist.get('k3s, 1')).toContain('kind: HelmChartConfig');
  expect(dist.get('Talos with Cilium, 1')).toContain('- kube-apiserver');
  expect(dist.get('Talos with Cilium, 2')).toContain('kind: HTTPRoute');
  expect(dist.get('kubeadm with Calico, 1')).toContain('cidr: "10.0.0.11/32"');
  expect(dist.get('MicroK8s, 1')).toContain('port: 16443');
  expect(dist.get('MicroK8s, 2')).toContain('ingressClassName: traefik');
});
