import type { Field } from '../../../manifests/field.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const invalidRecovery: Rule = {
  id: 'invalid-recovery',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A restore is described in a way that CloudNativePG refuses or cannot carry out.',
  why: 'CloudNativePG refuses a Cluster that begins in two ways, names a source that is not there, or has an unclear recovery target. Manifests for a restore are rarely applied, so such a mistake shows up in the worst hour.',
  url: 'https://cloudnative-pg.io/documentation/current/recovery/#point-in-time-recovery-pitr',
  examples: {
    good: documents(
      cluster(`bootstrap: { recovery: { source: origin, recoveryTarget: { targetTime: "2026-11-21T03:10:00Z" } } }
externalClusters:
  - name: origin
    barmanObjectStore: { destinationPath: s3://immich, serverName: immich-v1 }`),
    ),
    broken: {
      'targetTime: "2026-11-21T03:10:00Z"': 'targetName: before-upgrade',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const bootstrap = database.at('spec', 'bootstrap');
      const ways = bootstrap.entries.filter(([, way]) => way.exists);
      if (ways.length > 1) {
        report(bootstrap, {
          message: `A database begins in one way, but bootstrap has ${ways.map(([way]) => way).join(' and ')}; CloudNativePG refuses it.`,
          fix: 'Keep one of them.',
        });
      }
      const source = bootstrap.at('recovery', 'source');
      const names = database.at('spec', 'externalClusters').items.map((external) => external.get('name'));
      if (source.text !== undefined && !names.includes(source.text)) {
        report(source, {
          message: `There is no external cluster ${quote(source.text)}; CloudNativePG refuses the Cluster.`,
          fix: names.length === 0 ? 'Add it to spec.externalClusters.' : `Write one of ${names.join(', ')}.`,
        });
      }
      checkTarget(bootstrap.at('recovery', 'recoveryTarget'), report);
    }
  },
};

const targets = ['targetTime', 'targetLSN', 'targetXID', 'targetName', 'targetImmediate'];
const needBackup = ['targetXID', 'targetName', 'targetImmediate'];

function checkTarget(target: Field, report: Report): void {
  const given = targets.filter((name) => target.at(name).exists);
  const [first, second] = given;
  if (second !== undefined) {
    report(target.at(second), {
      message: `A restore has one target, but ${given.join(' and ')} are given; CloudNativePG refuses the Cluster.`,
      fix: 'Keep one of them.',
    });
  } else if (first !== undefined && needBackup.includes(first) && !target.at('backupID').exists) {
    report(target.at(first), {
      message: `${first} does not tell which base backup to start from; CloudNativePG refuses the Cluster.`,
      fix: 'Add backupID, or give a targetTime.',
    });
  }
}
