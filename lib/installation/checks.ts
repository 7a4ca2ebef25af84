import type { Place } from '../schema/place.ts';
import type { Path } from '../text/path.ts';
import { checkConfiguration } from './checks/configuration.ts';
import {
  checkDatabaseImage,
  checkDatabasePlace,
  checkExternalDatabase,
  checkSettings,
} from './checks/database.ts';
import { checkDevices } from './checks/devices.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkExternalLibraries } from './checks/external-libraries.ts';
import { checkFlux } from './checks/flux.ts';
import { checkImport } from './checks/import.ts';
import { checkMachineLearning } from './checks/machine-learning.ts';
import { checkNames } from './checks/names.ts';
import { checkNamespaces } from './checks/namespaces.ts';
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

/** A rule between sections, and the keys that it looks at: where one of them is faulty already, it has nothing to say. */
interface Check {
  readonly needs: readonly Path[];
  readonly check: (installation: Installation, at: Place) => void;
}

/** Every check between sections. */
export const checks: readonly Check[] = [
  { needs: [['version']], check: checkVersion },
  {
    needs: [
      ['server', 'replicas'],
      ['server', 'microservices'],
      ['machineLearning', 'replicas'],
      ['machineLearning', 'pools'],
    ],
    check: checkReplicas,
  },
  {
    needs: [
      ['clusters'],
      ['database', 'external'],
      ['database', 'cnpg', 'host'],
      ['database', 'cnpg', 'credentials'],
    ],
    check: checkDatabasePlace,
  },
  { needs: [['namespace'], ['database', 'external']], check: checkExternalDatabase },
  { needs: [['version'], ['database', 'cnpg', 'image']], check: checkDatabaseImage },
  { needs: [['database'], ['kubernetes']], check: checkVectorChord },
  { needs: [['database']], check: checkSettings },
  { needs: [['database']], check: checkRecovery },
  { needs: [['database']], check: checkImport },
  { needs: [['database']], check: checkWorkloadIdentity },
  {
    needs: [
      ['version'],
      ['server', 'environment'],
      ['server', 'environmentFrom'],
      ['server', 'microservices'],
      ['machineLearning', 'environment'],
      ['machineLearning', 'environmentFrom'],
      ['valkey'],
    ],
    check: checkEnvironment,
  },
  { needs: [['version'], ['config']], check: checkConfiguration },
  {
    needs: [
      ['kubernetes'],
      ['config'],
      ['server'],
      ['machineLearning', 'gpu'],
      ['machineLearning', 'image'],
      ['machineLearning', 'pools'],
      ['version'],
    ],
    check: checkDevices,
  },
  {
    needs: [
      ['machineLearning', 'remote'],
      ['machineLearning', 'pools'],
      ['volumes', 'models'],
      ['config', 'machineLearning'],
    ],
    check: checkMachineLearning,
  },
  { needs: [], check: checkNames },
  { needs: [], check: checkNamespaces },
  { needs: [['volumes'], ['server', 'volumes']], check: checkExternalLibraries },
  {
    needs: [['network'], ['namespace'], ['config'], ['configSecret'], ['server'], ['volumes'], ['database']],
    check: checkNetwork,
  },
  { needs: [['name'], ['flux'], ['secrets']], check: checkFlux },
  { needs: [['route']], check: checkDoor },
  { needs: [['host'], ['hosts'], ['route']], check: checkHosts },
  { needs: [['route'], ['network']], check: checkProxies },
  { needs: [['network'], ['valkey']], check: checkValkey },
  { needs: [['volumes'], ['database']], check: checkVolumeBackups },
];
