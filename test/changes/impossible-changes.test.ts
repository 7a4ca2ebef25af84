import { impossibleChanges } from '../../lib/changes/impossible-changes.ts';
import { planDist, withMarker } from '../../lib/dist/plan.ts';

function problems(file: string, before: string, after: string): string[] {
  const text = (spec: string) => withMarker(file, 'installations/home.yaml', `spec: ${spec}\n`);
  const present = { files: new Map([[file, text(before)]]), folders: [], others: [] };
  const plan = planDist(new Map([[file, text(after)]]), present);
  return impossibleChanges(plan, present).map(({ message }) => message);
}

const claim = 'home/home/storage/persistentvolumeclaim.immich-library.yaml';
const volume = 'home/home/storage/persistentvolume.immich-immich-library.yaml';
const database = 'home/home/database/cluster.immich-db.yaml';

describe('changes that an object in a cluster cannot take', () => {
  test.each([
    [
      'a smaller database',
      database,
      '{ storage: { size: 20Gi } }',
      '{ storage: { size: 10Gi } }',
      '"20Gi" or more',
    ],
    [
      'a smaller volume for the write-ahead log',
      database,
      '{ walStorage: { size: 2Gi } }',
      '{ walStorage: { size: 1024Mi } }',
      'cannot shrink',
    ],
    ['no volume for the write-ahead log', database, '{ walStorage: { size: 2Gi } }', '{}', 'Keep walStorage'],
    [
      'a smaller claim',
      claim,
      '{ resources: { requests: { storage: 1Ti } } }',
      '{ resources: { requests: { storage: 500Gi } } }',
      'cannot shrink',
    ],
    [
      'a bigger claim on a network share',
      claim,
      '{ storageClassName: "", resources: { requests: { storage: 500Gi } } }',
      '{ storageClassName: "", resources: { requests: { storage: 1Ti } } }',
      'keep "500Gi"',
    ],
    [
      'another class',
      claim,
      '{ storageClassName: longhorn }',
      '{ storageClassName: fast }',
      '"longhorn" became "fast"',
    ],
    [
      'another access mode',
      claim,
      '{ accessModes: [ReadWriteOnce] }',
      '{ accessModes: [ReadWriteMany] }',
      'accessModes',
    ],
    [
      'another share',
      volume,
      '{ nfs: { server: a, path: /a } }',
      '{ nfs: { server: b, path: /a } }',
      'spec.nfs',
    ],
  ])('%s is refused', (_, file, before, after, said) => {
    expect(problems(file, before, after)).toEqual([expect.stringContaining(said)]);
  });

  test.each([
    ['a bigger database', database, '{ storage: { size: 20Gi } }', '{ storage: { size: 40Gi } }'],
    ['the same size in other words', database, '{ storage: { size: 1Gi } }', '{ storage: { size: 1024Mi } }'],
    ['a first volume for the write-ahead log', database, '{}', '{ walStorage: { size: 2Gi } }'],
    [
      'a bigger claim of a class',
      claim,
      '{ storageClassName: longhorn, resources: { requests: { storage: 500Gi } } }',
      '{ storageClassName: longhorn, resources: { requests: { storage: 1Ti } } }',
    ],
    [
      'other mount options',
      volume,
      '{ nfs: { server: a }, mountOptions: [] }',
      '{ nfs: { server: a }, mountOptions: [hard] }',
    ],
    [
      'another kind of object',
      'home/home/app/service.immich-server.yaml',
      '{ accessModes: [a] }',
      '{ accessModes: [b] }',
    ],
  ])('%s is not', (_, file, before, after) => {
    expect(problems(file, before, after)).toEqual([]);
  });

  test('a new file is not a change', () => {
    const text = withMarker(claim, 'installations/home.yaml', 'spec: { storageClassName: longhorn }\n');
    const present = { files: new Map<string, string>(), folders: [], others: [] };
    expect(impossibleChanges(planDist(new Map([[claim, text]]), present), present)).toEqual([]);
  });
});
