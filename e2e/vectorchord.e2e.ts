import type { KubernetesObject } from '../lib/manifests/manifest.ts';
import { type ControlPlane, startApiServer } from './control-plane/api-server.ts';
import { startCloudNativePG } from './control-plane/cloudnative-pg.ts';
import { installCustomResources } from './control-plane/custom-resources.ts';
import { endEverything } from './control-plane/endings.ts';
import { at, listAt } from './control-plane/value.ts';
import { objectsOf, sitesOf, synthesized } from './scenarios/dist.ts';
import { isDatabase } from './scenarios/sites.ts';

/** CloudNativePG's own definition and webhooks judge VectorChord as an image of its own. */
describe('VectorChord beside an image of PostgreSQL', () => {
  const reference = 'ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1';
  let plane: ControlPlane;
  let database: KubernetesObject;

  beforeAll(async () => {
    const tree = synthesized('home', {
      kubernetes: '1.36',
      'database.cnpg.image': 'ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm',
      'database.cnpg.vectorchord': { image: reference },
    });
    const objects = sitesOf(tree).flatMap((site) => objectsOf(tree, site));
    const found = objects.find(({ object }) => isDatabase(object));
    if (found === undefined) throw new Error('home has no database.');
    database = found.object;
    plane = await startApiServer('vectorchord');
    await installCustomResources(plane.api);
    await startCloudNativePG(plane);
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'immich' } });
  }, 1_800_000);

  afterAll(endEverything);

  test('is taken as it is written', async () => {
    const { object } = await plane.api.apply(database, { dryRun: true });
    expect(listAt(object, 'spec', 'postgresql', 'extensions')).toMatchObject([
      { name: 'vchord', image: { reference } },
    ]);
    expect(at(object, 'spec', 'imageName')).toBe('ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm');
  });

  test.each([
    ['of another name than it may have', { name: 'VChord', image: { reference } }],
    ['without its image', { name: 'vchord' }],
    ['of a field that nobody knows', { name: 'vchord', image: { reference }, library: '/usr/lib' }],
  ])('control: an extension %s is refused', async (_, extension) => {
    const { postgresql, ...spec } = Object(database['spec']);
    const changed = {
      ...database,
      spec: { ...spec, postgresql: { ...postgresql, extensions: [extension] } },
    };
    await expect(plane.api.apply(changed, { dryRun: true })).rejects.toThrow(/extension/i);
  });
});
