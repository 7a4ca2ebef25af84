import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('refused-value', () => {
  test.each([
    ['DB_VECTOR_EXTENSION', 'pgvecto.rs', 'v3.0.0', ['error']],
    ['DB_VECTOR_EXTENSION', 'pgvecto.rs', 'v2.7.5', []],
    ['DB_VECTOR_EXTENSION', 'vchord', 'v2.7.5', ['error']],
    ['DB_VECTOR_EXTENSION', 'pgvector', 'v3.0.0', []],
    ['DB_VECTOR_EXTENSION', '$(EXTENSION)', 'v3.0.0', []],
    ['DB_VECTOR_EXTENSION', `\${EXTENSION}`, 'v3.0.0', []],
    ['IMMICH_WORKERS_INCLUDE', 'api,microservice', 'v3.0.0', ['warning']],
    ['IMMICH_TELEMETRY_INCLUDE', 'all', 'v3.0.0', []],
    ['DB_PORT', 'tcp', 'v3.0.0', ['warning']],
    ['DB_PORT', '5432', 'v3.0.0', []],
    ['DB_PORT', 'ENC[AES256_GCM,data:24JbcQ==,type:str]', 'v3.0.0', []],
  ])('%s: %s of %s', (name, value, version, severities) => {
    const found = said('refused-value', server(`env: [{ name: ${name}, value: "${value}" }]`, '', version));
    expect(found).toEqual(
      severities.map((severity) => `${severity} spec.template.spec.containers.0.env.0.value`),
    );
  });

  test('the extension in the template of an ExternalSecret is no secret, other values are not looked at', () => {
    const secret = (data: string) => `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: immich, namespace: immich }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: immich, template: { data: { ${data} } } }`;
    const user = server('envFrom: [{ secretRef: { name: immich } }]');
    const tell = (data: string) => said('refused-value', documents(secret(data), user));
    expect(tell('DB_VECTOR_EXTENSION: pgvecto.rs')).toEqual([
      'error spec.template.spec.containers.0.envFrom.0.secretRef.name',
    ]);
    expect(tell('DB_VECTOR_EXTENSION: "{{ .extension }}"')).toEqual([]);
    expect(tell('DB_PORT: tcp')).toEqual([]);
  });
});
