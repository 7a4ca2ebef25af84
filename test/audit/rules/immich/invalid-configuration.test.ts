import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = (mount: string, volume: string, file = '/config/immich.json', version = 'v3.0.3') =>
  server(
    `env: [{ name: IMMICH_CONFIG_FILE, value: ${file} }]
volumeMounts: [{ name: config, ${mount} }]`,
    `volumes: [{ name: config, ${volume} }]`,
    version,
  );

const map = (text: string, key = 'immich.json') => `apiVersion: v1
kind: ConfigMap
metadata: { name: config, namespace: immich }
data: { ${key}: '${text}' }`;

const old = '{"ffmpeg":{"acceptedAudioCodecs":["aac","libopus"]}}';
const fromMap = 'configMap: { name: config }';

describe('invalid-configuration', () => {
  test.each([
    ['a folder', [user('mountPath: /config', fromMap), map(old)], ['error data.immich.json']],
    [
      'a single file',
      [user('mountPath: /config/immich.json, subPath: immich.json', fromMap), map(old)],
      ['error data.immich.json'],
    ],
    [
      'a key under another name',
      [
        user('mountPath: /config', 'configMap: { name: config, items: [{ key: a, path: immich.json }] }'),
        map(old, 'a'),
      ],
      ['error data.a'],
    ],
    [
      'a projected volume',
      [user('mountPath: /config', `projected: { sources: [{ ${fromMap} }] }`), map(old)],
      ['error data.immich.json'],
    ],
    [
      'another file',
      [user('mountPath: /config', fromMap), map(old, 'other.json')],
      ['error spec.template.spec.containers.0.volumeMounts.0'],
    ],
    [
      'a file that Flux names',
      [user('mountPath: /config', fromMap, '"/config/\u0024{FILE}"'), map(old, 'other.json')],
      [],
    ],
    // Another repository or an operator has it.
    ['a config map that is not here', [user('mountPath: /config', fromMap)], []],
    [
      'one of two sources',
      [
        user('mountPath: /config', `projected: { sources: [{ ${fromMap} }, { secret: { name: more } }] }`),
        map(old, 'other.json'),
      ],
      [],
    ],
    [
      'values that end the server',
      [
        user('mountPath: /config', fromMap),
        map('{"ffmpeg":{"targetVideoCodec":"h266"},"trash":{"enabled":"yes","days":-1}}'),
      ],
      ['error data.immich.json', 'error data.immich.json', 'error data.immich.json'],
    ],
    [
      'values that an operator fills in',
      [
        user('mountPath: /config', fromMap),
        map('{"oauth":{"enabled":"{{ .enabled }}"},"trash":{"days":"\u0024{DAYS}"}}'),
      ],
      [],
    ],
    ['v2.7', [user('mountPath: /config', fromMap, undefined, 'v2.7.5'), map(old)], []],
    ['the new name', [user('mountPath: /config', fromMap), map(old.replace('libopus', 'opus'))], []],
    ['no YAML', [user('mountPath: /config', fromMap), map('{{ toJson . ')], []],
    ['no version', [user('mountPath: /config', fromMap, undefined, 'release'), map(old)], []],
    [
      'a setting of a newer version',
      [user('mountPath: /config', fromMap), map('{"ffmpeg":{"realtime":{}}}')],
      [],
    ],
    [
      'settings that no version knows',
      [user('mountPath: /config', fromMap), map('{"ffmpeg":{"no":1},"trassh":{"days":3}}')],
      ['warning data.immich.json', 'warning data.immich.json'],
    ],
    [
      'settings of a version that is newer than what is known',
      [user('mountPath: /config', fromMap, undefined, 'v9.0.0'), map('{"trassh":{"days":3}}')],
      [],
    ],
    [
      'a setting that a version does not know yet',
      [user('mountPath: /config', fromMap, undefined, 'v2.4.0'), map('{"ffmpeg":{"realtime":{}}}')],
      ['info data.immich.json'],
    ],
  ])('%s', (_, manifests, expected) => {
    expect(said('invalid-configuration', documents(...manifests))).toEqual(expected);
  });

  test.each([
    ['Secret', `apiVersion: v1\nkind: Secret\nmetadata: { name: config, namespace: immich }\nstringData: `],
    [
      'ExternalSecret',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: config, namespace: immich }\nspec: { target: { template: { data: ',
    ],
  ])('a file in a %s', (kind, head) => {
    const tail = kind === 'Secret' ? '' : ' } } }';
    const manifests = documents(
      user('mountPath: /config', 'secret: { secretName: config }'),
      `${head}{ immich.json: '${old}' }${tail}`,
    );
    expect(said('invalid-configuration', manifests)).toHaveLength(1);
  });
});
