import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('pod-security', () => {
  const namespace = `apiVersion: v1
kind: Namespace
metadata: { name: immich, labels: { pod-security.kubernetes.io/enforce: restricted } }`;
  const pod = 'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }';
  const container = 'securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }';

  test.each([
    ['nothing more', '', '', 0],
    ['a port of the node', 'ports: [{ containerPort: 1, hostPort: 1 }]', '', 1],
    ['a path of the node', '', 'volumes: [{ name: a, hostPath: { path: /a } }]', 1],
    ['the network of the node', '', 'hostNetwork: true', 1],
    ['a probe of a host', 'livenessProbe: { httpGet: { path: /, port: 1, host: example.com } }', '', 1],
    ['an allowed volume', '', 'volumes: [{ name: a, emptyDir: {} }]', 0],
  ])('with %s', (_, more, morePod, count) => {
    expect(
      said('pod-security', documents(namespace, server(`${container}\n${more}`, `${pod}\n${morePod}`))),
    ).toHaveLength(count);
  });

  test('asks nothing where nothing is enforced', () => {
    expect(said('pod-security', server('securityContext: { privileged: true }'))).toEqual([]);
  });
});
