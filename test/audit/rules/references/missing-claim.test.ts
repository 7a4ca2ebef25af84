import { documents, server } from '../../../../lib/audit/examples.ts';
import type { InventoryOptions } from '../../../../lib/manifests/inventory.ts';
import { said } from '../said.ts';

describe('a reference that dangles', () => {
  const claim = (name: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: immich }`;
  const pod = server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: library } }]');
  const where = 'spec.template.spec.volumes.0.persistentVolumeClaim.claimName';

  test.each<[string, string[], InventoryOptions, string[]]>([
    ['where everything is known', [pod], { complete: true }, [`error ${where}`]],
    [
      'that is declared',
      [pod],
      { complete: true, externals: [{ kind: 'PersistentVolumeClaim', name: 'library' }] },
      [],
    ],
    ['where nothing like it is known', [pod], {}, []],
    ['of which there are others beside it', [pod, claim('models')], {}, [`warning ${where}`]],
    [
      'of which there are others elsewhere',
      [pod, `# other/c.yaml\n${claim('models')}`],
      {},
      [`info ${where}`],
    ],
    ['that is a slip of the pen', [pod, `# other/c.yaml\n${claim('libary')}`], {}, [`warning ${where}`]],
    ['among names that are not known', [pod, claim('"\u0024{APP}"')], {}, []],
    [
      'with a name that is not known',
      [server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: "\u0024{APP}" } }]'), claim('a')],
      {},
      [],
    ],
  ])('%s', (_, texts, options, expected) => {
    expect(said('missing-claim', documents(...texts), options)).toEqual(expected);
  });
});
