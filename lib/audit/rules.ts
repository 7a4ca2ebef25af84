import type { Rule } from './rule.ts';
import { backupMethod } from './rules/backups/backup-method.ts';
import { backupNeverScheduled } from './rules/backups/backup-never-scheduled.ts';
import { backupSchedule } from './rules/backups/backup-schedule.ts';
import { databaseWithoutBackup } from './rules/backups/database-without-backup.ts';
import { ignoredPluginParameter } from './rules/backups/ignored-plugin-parameter.ts';
import { ignoredRetention } from './rules/backups/ignored-retention.ts';
import { imageWithoutBarman } from './rules/backups/image-without-barman.ts';
import { immediateBackup } from './rules/backups/immediate-backup.ts';
import { skippedArchiveCheck } from './rules/backups/skipped-archive-check.ts';
import { storePath } from './rules/backups/store-path.ts';
import { walNotArchived } from './rules/backups/wal-not-archived.ts';
import { dependencyCircle } from './rules/flux/dependency-circle.ts';
import { healthExpression } from './rules/flux/health-expression.ts';
import { missingDependency } from './rules/flux/missing-dependency.ts';
import { missingRetryInterval } from './rules/flux/missing-retry-interval.ts';
import { substitution } from './rules/flux/substitution.ts';
import { deadProbe } from './rules/immich/dead-probe.ts';
import { ignoredVariable } from './rules/immich/ignored-variable.ts';
import { duplicateObject } from './rules/layers/duplicate-object.ts';
import { emptyLayer } from './rules/layers/empty-layer.ts';
import { kustomizationFileMissing } from './rules/layers/kustomization-file-missing.ts';
import { kustomizationFileUnlisted } from './rules/layers/kustomization-file-unlisted.ts';
import { inlineNfs } from './rules/pods/inline-nfs.ts';
import { mayEscalate } from './rules/pods/may-escalate.ts';
import { podSecurity } from './rules/pods/pod-security.ts';
import { rollingUpdateOnSingleNodeVolume } from './rules/pods/rolling-update-on-single-node-volume.ts';
import { runsAsRoot } from './rules/pods/runs-as-root.ts';
import { unwritablePath } from './rules/pods/unwritable-path.ts';
import { dataWithoutPruneProtection } from './rules/protection/data-without-prune-protection.ts';
import { forceOnData } from './rules/protection/force-on-data.ts';
import { invalidRecovery } from './rules/recovery/invalid-recovery.ts';
import { recoveryDiffersFromBackup } from './rules/recovery/recovery-differs-from-backup.ts';
import { recoveryLeftInPlace } from './rules/recovery/recovery-left-in-place.ts';
import { recoveryOverwritesSource } from './rules/recovery/recovery-overwrites-source.ts';
import { missingClaim } from './rules/references/missing-claim.ts';
import { missingCluster } from './rules/references/missing-cluster.ts';
import { missingConfigMap } from './rules/references/missing-config-map.ts';
import { missingIssuer } from './rules/references/missing-issuer.ts';
import { missingMiddleware } from './rules/references/missing-middleware.ts';
import { missingNamespace } from './rules/references/missing-namespace.ts';
import { missingObjectStore } from './rules/references/missing-object-store.ts';
import { missingPort } from './rules/references/missing-port.ts';
import { missingSecret } from './rules/references/missing-secret.ts';
import { missingService } from './rules/references/missing-service.ts';
import { missingServiceAccount } from './rules/references/missing-service-account.ts';
import { missingTlsSecret } from './rules/references/missing-tls-secret.ts';
import { missingVolume } from './rules/references/missing-volume.ts';
import { policyPeerMatchesNothing } from './rules/references/policy-peer-matches-nothing.ts';
import { selectorMatchesNothing } from './rules/references/selector-matches-nothing.ts';
import { certificateWithoutHost } from './rules/routes/certificate-without-host.ts';
import { secretValue } from './rules/secrets/secret-value.ts';

/** Every rule, by class. A new rule is a file of its own and a line here. */
export const RULES: readonly Rule[] = [
  backupMethod,
  backupNeverScheduled,
  backupSchedule,
  databaseWithoutBackup,
  ignoredPluginParameter,
  ignoredRetention,
  imageWithoutBarman,
  immediateBackup,
  skippedArchiveCheck,
  storePath,
  walNotArchived,
  dependencyCircle,
  healthExpression,
  missingDependency,
  missingRetryInterval,
  substitution,
  deadProbe,
  ignoredVariable,
  duplicateObject,
  emptyLayer,
  kustomizationFileMissing,
  kustomizationFileUnlisted,
  inlineNfs,
  mayEscalate,
  podSecurity,
  rollingUpdateOnSingleNodeVolume,
  runsAsRoot,
  unwritablePath,
  dataWithoutPruneProtection,
  forceOnData,
  invalidRecovery,
  recoveryDiffersFromBackup,
  recoveryLeftInPlace,
  recoveryOverwritesSource,
  missingClaim,
  missingCluster,
  missingConfigMap,
  missingIssuer,
  missingMiddleware,
  missingNamespace,
  missingObjectStore,
  missingPort,
  missingSecret,
  missingServiceAccount,
  missingService,
  missingTlsSecret,
  missingVolume,
  policyPeerMatchesNothing,
  selectorMatchesNothing,
  certificateWithoutHost,
  secretValue,
];
