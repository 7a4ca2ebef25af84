import { isDoubtful } from '../schema/doubt.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { Place } from '../schema/place.ts';
import { type Look, watch } from '../schema/watch.ts';
import { checkConfiguration } from './checks/configuration.ts';
import {
  checkDatabaseImage,
  checkDatabasePlace,
  checkExternalDatabase,
  checkSettings,
} from './checks/database.ts';
import { checkDevices } from './checks/devices.ts';
import { checkDump } from './checks/dump.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkExternalLibraries } from './checks/external-libraries.ts';
import { checkFileDrill } from './checks/file-drill.ts';
import { checkFlux } from './checks/flux.ts';
import { checkImport } from './checks/import.ts';
import { checkKubernetes } from './checks/kubernetes.ts';
import { checkMachineLearning } from './checks/machine-learning.ts';
import {
  checkClaimNames,
  checkName,
  checkNameBesidePools,
  checkNameOfDatabase,
  checkNamespaceName,
} from './checks/names.ts';
import { checkNamespace, checkNamespaceOfDrill, checkNamespaceOfProxy } from './checks/namespaces.ts';
import { checkNetwork } from './checks/network.ts';
import { checkProxies } from './checks/proxies.ts';
import { checkRecovery } from './checks/recovery.ts';
import { checkReplicas } from './checks/replicas.ts';
import { checkDoor, checkHosts } from './checks/route.ts';
import { checkValkey } from './checks/valkey.ts';
import { checkVectorChord } from './checks/vectorchord.ts';
import { checkVersion } from './checks/version.ts';
import { checkVolumeBackups } from './checks/volume-backups.ts';
import { checkWorkloadIdentity } from './checks/workload-identity.ts';
import type { Installation } from './installation.ts';
import { writtenPaths } from './written-paths.ts';

/** Every check between sections. */
const checks: readonly ((installation: Installation, at: Place) => void)[] = [
  checkVersion,
  checkReplicas,
  checkDatabasePlace,
  checkExternalDatabase,
  checkDatabaseImage,
  checkVectorChord,
  checkSettings,
  checkRecovery,
  checkImport,
  checkDump,
  checkWorkloadIdentity,
  checkEnvironment,
  checkConfiguration,
  checkDevices,
  checkMachineLearning,
  checkKubernetes,
  checkName,
  checkNamespaceName,
  checkNameOfDatabase,
  checkNameBesidePools,
  checkClaimNames,
  checkNamespace,
  checkNamespaceOfProxy,
  checkNamespaceOfDrill,
  checkExternalLibraries,
  checkNetwork,
  checkFlux,
  checkDoor,
  checkHosts,
  checkProxies,
  checkValkey,
  checkVolumeBackups,
  checkFileDrill,
];

/**
 * Checks what holds between sections. A check that looks at a value that could not be read has nothing to say: what it
 * sees is only a stand-in, or may be wrong.
 *
 * @param schema Of the file.
 */
export function checkSections(installation: Installation, at: Place, schema: JsonSchema): void {
  const { doubtful } = at;
  for (const check of checks) {
    if (
      doubtful.length === 0 ||
      !looksOf(check, installation, at).some((look) => isDoubtful(look, doubtful, schema))
    ) {
      check(installation, at);
    }
  }
}

/** What a check looks at, by the keys of the file. */
function looksOf(check: (typeof checks)[number], installation: Installation, at: Place): readonly Look[] {
  const { watched, looks } = watch(installation);
  check(watched, at.unheard());
  return looks().flatMap(({ path, isWhole }) =>
    writtenPaths(path, installation).map((written) => ({ path: written, isWhole })),
  );
}
