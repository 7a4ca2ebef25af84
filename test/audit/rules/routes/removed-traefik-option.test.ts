import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const middleware = (apiVersion: string) =>
  documents(
    server(''),
    `apiVersion: ${apiVersion}
kind: Middleware
metadata: { name: immich, namespace: immich }
spec: { compress: {} }`,
  );

test('the old API group does nothing under Traefik v3, which others may not have', () => {
  expect(said('removed-traefik-option', middleware('traefik.containo.us/v1alpha1'))).toEqual([
    'warning apiVersion',
  ]);
  expect(
    said('removed-traefik-option', middleware('traefik.containo.us/v1alpha1'), { complete: true }),
  ).toEqual(['error apiVersion']);
  expect(said('removed-traefik-option', middleware('traefik.io/v1alpha1'))).toEqual([]);
});
