import { references } from '../../../lib/doctor/checks/references.ts';
import { edited, home } from '../../installation/example.ts';
import { isFalse, isTrue } from '../healthy.ts';
import { found, subjectOf } from '../living.ts';

const certificate = 'route:\n  certificate: { clusterIssuer: letsencrypt-prod }\n';
const byGateway = edited(home, [
  certificate,
  'route:\n  gateway: { class: envoy, parents: [{ name: public, namespace: network }] }\n',
]);
const gateway = '/apis/gateway.networking.k8s.io/v1/namespaces/network/gateways/public';

test('the Gateway that the file names is missing, there, or does not work', async () => {
  const subject = subjectOf(byGateway);
  expect(await found(references, {}, subject)).toEqual([
    'error: Gateway network/public is missing, and route.gateway.parents names it.',
    '  kubectl get gateways.gateway.networking.k8s.io --all-namespaces',
    '  Make it, or write another name into installations/home.yaml.',
  ]);
  const as = (condition: ReturnType<typeof isTrue>) => ({
    paths: { [gateway]: { status: { conditions: [condition] } } },
  });
  expect(await found(references, as(isTrue('Programmed')), subject)).toEqual([
    'well: Gateway network/public is there, for route.gateway.parents.',
  ]);
  expect(await found(references, as(isFalse('Programmed', 'no addresses')), subject)).toEqual([
    'error: Gateway network/public does not work: no addresses',
    '  kubectl get gateways.gateway.networking.k8s.io public --namespace network --output yaml',
  ]);
});

test('an object that others make, as far as its kind is known', async () => {
  const subject = subjectOf(`${home}exists: [ConfigMap/tuning, PriorityClass/high, Secret/x, Widget/y]\n`);
  const paths = { '/apis/scheduling.k8s.io/v1/priorityclasses/high': {} };
  expect(await found(references, { paths }, subject)).toEqual([
    'error: ConfigMap immich/tuning is missing, and exists names it.',
    '  kubectl get configmaps --all-namespaces',
    '  Make it, or write another name into installations/home.yaml.',
    'well: PriorityClass high is there, for exists.',
  ]);
});

test('a Middleware and a claim of others', async () => {
  const text = edited(home, [certificate, `${certificate}  authentication: { middleware: authelia }\n`]);
  const middleware = '/apis/traefik.io/v1alpha1/namespaces/immich/middlewares/authelia';
  expect(await found(references, { paths: { [middleware]: {} } }, subjectOf(text))).toEqual([
    'well: Middleware immich/authelia is there, for route.authentication.middleware.',
  ]);
  expect((await found(references, {}, subjectOf(text)))[0]).toBe(
    'error: Middleware immich/authelia is missing, and route.authentication.middleware names it.',
  );
  expect(await found(references, {})).toEqual([]);
});
