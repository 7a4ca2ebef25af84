import { adoptRepository } from '../../lib/adoption/adoption.ts';
import { protectionsFor, retainCommands } from '../../lib/adoption/protection.ts';
import { switchTo } from '../../lib/adoption/switch.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { walked } from './walked.ts';

/** The switch to the dist of an installation file, which is the adopted one unless another is given. */
function switched(kind: string, edit = (text: string) => text) {
  const { adoption, today } = walked(kind);
  const { files, problems } = synthesize(new Map([['home.yaml', edit(adoption.standIn)]]));
  if (files === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return switchTo('home', today, files);
}

describe.each(['plain', 'app-template', 'chart'])('from %s', (kind) => {
  const found = switched(kind);

  test('no claim, volume or database is made anew, renamed or lost of sight', () => {
    expect(found.lost).toEqual([]);
    expect(found.changes.filter(({ grade }) => grade === 'refused')).toEqual([]);
    const data = /^(PersistentVolumeClaim|PersistentVolume|Cluster|Namespace) /;
    expect(found.leaving.filter((name) => data.test(name))).toEqual([]);
    // The history of the drill is new, and the claim over a share that Immich only looks at.
    const isApart = /-drill|immich-external-/;
    expect(found.added.filter((name) => data.test(name) && !isApart.test(name))).toEqual([]);
  });

  test('Deployments that Kubernetes cannot change are told as made anew, and not as refused', () => {
    expect(found.replaced.map(({ kind, name }) => `${kind}/${name}`)).toContain('Deployment/immich-server');
  });
});

test('what stays in the namespace is named by dist, and the rest goes or keeps its name', () => {
  const found = switched('chart');
  expect(found.staying).toEqual([
    'PersistentVolume photos',
    'PersistentVolumeClaim immich/immich-library',
    'PersistentVolumeClaim immich/immich-machine-learning-cache',
  ]);
  expect(found.kept).toContain('Cluster immich/immich-database');
  expect(found.leaving).toContain('Ingress immich/immich-server');
});

describe('data that would be lost of sight is told', () => {
  test('another claim for the library', () => {
    const found = switched('plain', (text) => text.replace('    claim: photos #', '    claim: pictures #'));
    expect(found.lost).toEqual([
      'Immich writes to the claim photos today, and dist mounts it nowhere: what is in it would not be seen.',
    ]);
  });

  test('another database', () => {
    const found = switched('plain', (text) => text.replace('    name: photos-db #', '    name: other-db #'));
    expect(found.lost).toEqual([
      'Immich asks the Cluster photos/photos-db today, and another database from dist: it would start empty.',
    ]);
  });
});

describe('the first commit', () => {
  test('protects claims, volumes, database and namespace, each at its place', () => {
    const { today } = walked('plain');
    expect(protectionsFor(today).map(({ object, from }) => `${from} ${object}`)).toEqual([
      'apps/photos/data.yaml:7 PersistentVolumeClaim photos/photos',
      'apps/photos/data.yaml:17 PersistentVolumeClaim photos/models',
      'apps/photos/database.yaml:3 Cluster photos/photos-db',
      'apps/photos/data.yaml:3 Namespace photos',
    ]);
  });

  test('keeps a claim that a chart makes by the values of that chart', () => {
    const [library] = protectionsFor(walked('app-template').today);
    expect(library).toMatchObject({
      object: 'PersistentVolumeClaim media/immich-library',
      from: 'apps/media/immich/helmrelease.yaml:58',
      where: 'below persistence.library',
    });
    expect(library?.lines).toContain('retain: true');
  });

  test('asks for nothing that is protected already', () => {
    const { adoption } = walked('plain');
    const { files = new Map() } = synthesize(new Map([['home.yaml', adoption.standIn]]));
    const ours = adoptRepository(readRepository(filesOf('.', new Map(files))), {
      name: 'home',
      schema: undefined,
    });
    const unprotected = ours?.today === undefined ? [] : protectionsFor(ours.today);
    // Helm makes none of these, so that only its annotation is missing.
    expect(unprotected.flatMap(({ lines }) => lines).filter((line) => line.includes('prune'))).toEqual([]);
  });

  test('keeps the volumes of claims and of the database', () => {
    expect(retainCommands(walked('plain').today)).toEqual([
      expect.stringMatching(/^kubectl get persistentvolumeclaim --namespace photos photos models /),
      expect.stringMatching(/ --selector cnpg\.io\/cluster=photos-db /),
    ]);
  });
});
