import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home } from './example.ts';

/** What the server of an installation is told to trust. */
function trusted(server: string, traefik: string): string | undefined {
  const text = edited(
    home,
    ['version:', `server: ${server}\nversion:`],
    ['route:\n', `route:\n  traefik: ${traefik}\n`],
  );
  const { files } = synthesize(new Map([['x.yaml', text]]));
  const [, deployment = ''] =
    [...(files ?? [])].find(([file]) => file.endsWith('deployment.immich-server.yaml')) ?? [];
  const { env } = parse(deployment).spec.template.spec.containers[0];
  return env.find(({ name }: { name: string }) => name === 'IMMICH_TRUSTED_PROXIES')?.value;
}

test.each([
  ['the nodes of a Traefik on the host network', '{}', '{ addresses: [203.0.113.0/28] }', '203.0.113.0/28'],
  [
    'what the file says, before that',
    '{ trustedProxies: [10.42.0.0/16] }',
    '{ addresses: [203.0.113.0/28] }',
    '10.42.0.0/16',
  ],
  ['nothing of ours where the proxy is a pod', '{}', '{}', undefined],
])('%s', (_what, server, traefik, value) => {
  expect(trusted(server, traefik)).toBe(value);
});
