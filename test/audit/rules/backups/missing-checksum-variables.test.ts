import { cluster, documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const both = `- { name: AWS_REQUEST_CHECKSUM_CALCULATION, value: when_required }
      - { name: AWS_RESPONSE_CHECKSUM_VALIDATION, value: when_required }`;

function objectStore(configuration: string, variables = ''): string {
  return `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec:
  configuration: { ${configuration} }
  instanceSidecarConfiguration:
    env:
      ${variables}`;
}

const others = 'destinationPath: s3://immich, endpointURL: "http://minio.storage.svc:9000"';

describe('missing-checksum-variables', () => {
  test.each([
    [others, '', 1],
    [others, both, 0],
    [others, both.replace('CALCULATION, value: when_required', 'CALCULATION, value: when_supported'), 1],
    // A value from elsewhere is not known.
    [others, both.replaceAll('value: when_required', 'valueFrom: {}'), 0],
    ['destinationPath: s3://immich', '', 0],
    ['destinationPath: s3://immich, endpointURL: "https://s3.eu-central-1.amazonaws.com"', '', 0],
    ['destinationPath: s3://immich, endpointURL: "https://s3.cn-north-1.amazonaws.com.cn"', '', 0],
    ['destinationPath: s3://immich, endpointURL: "https://amazonaws.com.example.org"', '', 1],
    [`destinationPath: s3://immich, endpointURL: "https://\${HOST}"`, '', 0],
    ['destinationPath: "https://a.blob.core.windows.net/b", endpointURL: "https://other.example.com"', '', 0],
  ])('%s with %s', (configuration, variables, count) => {
    expect(said('missing-checksum-variables', objectStore(configuration, variables))).toHaveLength(count);
  });

  test('a store that is known to refuse them is a warning, another one is told', () => {
    const google = others.replace('http://minio.storage.svc:9000', 'https://storage.googleapis.com');
    expect(said('missing-checksum-variables', objectStore(google))).toEqual([
      'warning spec.configuration.endpointURL',
    ]);
    expect(said('missing-checksum-variables', objectStore(others))).toEqual([
      'info spec.configuration.endpointURL',
    ]);
  });

  test.each([
    ['', 1],
    [`env:\n  ${both.replace('\n      ', '\n  ')}`, 0],
    ['envFrom: [{ configMapRef: { name: barman } }]', 0],
  ])('in-tree, with %s', (variables, count) => {
    const manifests = documents(cluster(`backup: { barmanObjectStore: { ${others} } }\n${variables}`));
    expect(said('missing-checksum-variables', manifests)).toHaveLength(count);
  });
});
