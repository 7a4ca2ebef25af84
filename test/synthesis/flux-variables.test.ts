import { parseAllDocuments } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, errorsIn, home, warningsIn } from '../installation/example.ts';

const declared: Edit = [
  'host:',
  'flux: { substitute: { from: [{ kind: Secret, name: cluster-secrets }], variables: [DOMAIN, BUCKET, NAS, LAN, POOL] } }\nhost:',
];
const varying = edited(
  home,
  declared,
  ['photos.example.com', `'photos.\${DOMAIN}'`],
  ['bucket: immich-backups', `bucket: '\${BUCKET}-immich'`],
  ['https://s3.example.com', `'https://s3.\${DOMAIN}'`],
  [
    'storageClass: longhorn, size: 500Gi',
    `nfs: { server: '\${NAS}', path: '/mnt/\${POOL}/photos' }, size: 500Gi`,
  ],
  ['route:', `network: { apiServer: ['\${LAN}'] }\nmonitoring: { enabled: true }\nroute:`],
);

/** What Flux makes of a text, by https://github.com/fluxcd/pkg/blob/main/envsubst/parse/scan.go: no unknown variable. */
function applied(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\$\$|\$\{([^}]*)\}/g, (found, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = values[name];
    if (value === undefined) throw new Error(`${found} is not known to Flux`);
    return value;
  });
}

function filesOf(text: string): ReadonlyMap<string, string> {
  const { files, problems, findings } = synthesize(new Map([['home.yaml', text]]));
  if (files === undefined) throw new Error(JSON.stringify([...problems, ...findings], null, 1));
  return files;
}

test('an endpoint may be one variable as a whole, of which policies know nothing', () => {
  const whole = edited(
    home,
    ['host:', 'flux: { substitute: { from: [{ kind: Secret, name: s }], variables: [S3_ENDPOINT] } }\nhost:'],
    ['https://s3.example.com', "'${S3_ENDPOINT}'"],
    ['route:', 'network: { flavor: cilium }\nroute:'],
  );
  const files = filesOf(whole);
  expect(files.get('home/home/database/objectstore.immich-db.yaml')).toContain(
    'endpointURL: "${S3_ENDPOINT}"\n',
  );
  for (const [path, text] of files) {
    expect([path, text]).not.toEqual([path, expect.stringContaining('.invalid')]);
  }
  for (const [path, text] of files) {
    if (path.includes('ciliumnetworkpolicy')) expect(text).not.toContain('${S3_ENDPOINT}');
  }
  expect(warningsIn(whole).join()).toContain(
    'Neither host nor port of "${S3_ENDPOINT}" is known here, so that policies let database and drill out on port 443',
  );
  const open =
    'egress: [{ from: database, to: { cidr: 192.168.1.9/32 }, ports: [9000], why: store }, { from: drill, to: { cidr: 192.168.1.9/32 }, ports: [9000], why: store }]';
  expect(warningsIn(edited(whole, ['flavor: cilium', `flavor: cilium, ${open}`])).join()).not.toContain(
    'Neither host',
  );
});

test('with the values that Flux fills in, dist is what the values themselves would have made', () => {
  const values = {
    DOMAIN: 'example.com',
    BUCKET: 'my',
    NAS: 'nas.example.net',
    LAN: '10.0.0.1/32',
    POOL: 'tank',
  };
  const plain = Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, value),
    varying.replace(declared[1], 'host:'),
  );
  const made = filesOf(varying);
  const wanted = filesOf(plain);
  expect([...made.keys()].sort()).toEqual([...wanted.keys()].sort());
  const substituted = new Set<string>();
  for (const [path, text] of made) {
    if (path.includes('/flux/') && path.includes('kustomization.immich')) {
      const [document] = parseAllDocuments(text);
      const spec = document?.toJS().spec;
      if (spec.postBuild === undefined) continue;
      expect(spec.postBuild).toEqual({
        substitute: { IMMICH_INSTALLATION: 'home' },
        substituteFrom: [{ kind: 'Secret', name: 'cluster-secrets' }],
      });
      substituted.add(spec.path.split('/').at(-1));
    }
    expect([path, text]).not.toEqual([path, expect.stringContaining('.invalid')]);
  }
  expect([...substituted].sort()).toEqual([
    'database',
    'drill',
    'monitoring',
    'namespace',
    'route',
    'storage',
  ]);
  for (const [path, text] of made) {
    const layer = path.split('/').at(-2) ?? '';
    if (layer === 'flux' || !path.endsWith('.yaml')) continue;
    const read = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS());
    expect([path, read(substituted.has(layer) ? applied(text, values) : text)]).toEqual([
      path,
      read(wanted.get(path) ?? ''),
    ]);
  }
});

test('a layer without a variable is applied as it stands', () => {
  const files = filesOf(varying);
  for (const [path, text] of files) {
    if (!text.includes('${') || !path.endsWith('.yaml')) continue;
    const layer = path.split('/').at(-2);
    expect([path, files.get(`home/home/flux/kustomization.immich-home-${layer}.yaml`)]).toEqual([
      path,
      expect.stringContaining('postBuild:'),
    ]);
  }
  expect([...filesOf(home).values()].join('')).not.toContain('postBuild');
});

test('what could not be checked is said once, and what is declared in vain', () => {
  const said = (text: string) => warningsIn(text).filter((warning) => warning.includes('flux.substitute'));
  expect(said(varying)).toEqual([
    expect.stringContaining(
      'Flux fills in DOMAIN, BUCKET, NAS, LAN, POOL, so that what stands at database.cnpg.backup.s3.bucket, database.cnpg.backup.s3.endpoint, host, network.apiServer[0], volumes.library.nfs.path, volumes.library.nfs.server was checked in its form alone.',
    ),
  ]);
  expect(said(edited(home, declared))).toEqual([
    expect.stringContaining('"DOMAIN" stands nowhere in this file.'),
    ...Array.from({ length: 4 }, () => expect.stringContaining('stands nowhere')),
  ]);
  expect(said(home)).toEqual([]);
});

test.each<[why: string, text: string, error: RegExp]>([
  [
    'undeclared',
    edited(home, declared, ['photos.example.com', `'photos.\${DOMIAN}'`]),
    /has the variable DOMIAN, which is not declared\. Write \$\{DOMAIN\}\./,
  ],
  [
    'none is declared',
    edited(home, ['photos.example.com', `'photos.\${DOMAIN}'`]),
    /Write its value, or declare it: flux: \{ substitute:/,
  ],
  [
    'a default of its own',
    edited(home, declared, ['photos.example.com', `'\${DOMAIN:-x}'`]),
    /in a form that is not understood here/,
  ],
  [
    'where none is filled in',
    edited(home, declared, ['name: home', `name: '\${DOMAIN}'`]),
    /none is filled in here/,
  ],
  [
    'a value that cannot be',
    edited(home, declared, ['photos.example.com', `'photos_\${DOMAIN}'`]),
    /has the part/,
  ],
  [
    'two that look alike',
    edited(home, [
      'host:',
      `flux: { substitute: { from: [{ kind: Secret, name: a }], variables: [A_B, a_b] } }\nhost:`,
    ]),
    /differs from "A_B" in nothing but case/,
  ],
])('%s is an error that says what to write', (_why, text, error) => {
  expect(errorsIn(text)).toEqual([expect.stringMatching(error)]);
  expect(errorsIn(text).join()).not.toContain('.invalid');
});
