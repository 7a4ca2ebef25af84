import { planOf } from '../../lib/plan/plan.ts';
import { trafficOf } from '../../lib/plan/traffic.ts';
import { edgeText, trafficText } from '../../lib/plan/traffic-text.ts';
import { plain } from '../../lib/text/style.ts';
import { installationOf } from '../components/built.ts';
import { edited, home, k3s } from '../installation/example.ts';

const of = (text: string) => trafficText(planOf(installationOf(text)), plain);
const withNetwork = (section: string) => of(edited(home, ['version:', `network: ${section}\nversion:`]));

test('every edge is a sentence, and stands under the pods that it is about', () => {
  const text = of(home);
  const { edges } = trafficOf(planOf(installationOf(home)), 'home');
  expect(edges.length).toBeGreaterThan(10);
  for (const edge of edges) expect(text).toContain(`    ${edgeText(edge, false)}\n`);
  expect(text).toContain('\nIn the cluster home, namespace immich-drill:\n');
});

test.each([
  [
    'pods of others, by labels and namespaces',
    'Traefik (pods with app.kubernetes.io/name=traefik in kube-system or traefik) may connect to immich-server on port 2283.',
  ],
  [
    'public addresses',
    'immich-machine-learning may connect to the internet (any public address) on port 443.',
  ],
  [
    'a name that policies do not know',
    'immich-db may connect to the object store (s3.example.com, at any address: policies know no names) on port 443.',
  ],
  [
    'the beginning of a sentence',
    'The CloudNativePG operator (pods with app.kubernetes.io/name=cloudnative-pg in cnpg-system) may connect to immich-db on ports 5432 and 8000.',
  ],
])('%s', (_what, sentence) => {
  expect(of(home)).toContain(`    ${sentence}\n`);
});

test('the reason of a way that the file opens', () => {
  expect(withNetwork('{ clients: [{ from: { cidr: 192.168.1.9/32 }, why: Home Assistant }] }')).toContain(
    '    192.168.1.9/32 may connect to immich-server on port 2283, for: Home Assistant.',
  );
});

test('on Cilium, names and entities', () => {
  const text = withNetwork('{ flavor: cilium }');
  expect(text).toContain('immich-db may connect to the object store (the host s3.example.com) on port 443.');
  expect(text).toContain('the Kubernetes API (what Cilium calls kube-apiserver) on ports 443 and 6443.');
});

test('that "kubectl cnpg status" does not work, only where it does not', () => {
  const note = '"kubectl cnpg status" cannot ask the instances';
  expect(of(home)).toContain(note);
  expect(withNetwork('{ apiServer: [192.168.1.10/32] }')).not.toContain(note);
  expect(withNetwork('{ policies: false }')).not.toContain(note);
  expect(of(k3s)).not.toContain(note);
});

test('that nothing is refused without policies', () => {
  expect(withNetwork('{ policies: false }')).toContain(
    'network.policies is false, so that nothing else is refused.',
  );
});
