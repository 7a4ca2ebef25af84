import { deleteGuard } from '../components/delete-guard.ts';
import type { Installation } from '../installation/installation.ts';
import type { Layer } from './layer.ts';

/** A layer of its own, since older API servers do not know these kinds, and nothing else should wait for them. */
export function protectionLayer(installation: Installation, hasDatabase: boolean): Layer {
  const { namespace, sharedNamespace, database, network } = installation;
  return {
    plan: {
      name: 'protection',
      after: [],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) =>
      deleteGuard(chart, {
        namespace,
        sharedNamespace,
        database:
          hasDatabase && database.kind === 'cnpg'
            ? { name: database.cnpg.name, operatorNamespace: network.operatorNamespace }
            : undefined,
      }),
  };
}
