import type { Rule } from './rule.ts';
import { backupMethod } from './rules/backups/backup-method.ts';
import { backupNeverScheduled } from './rules/backups/backup-never-scheduled.ts';
import { backupSchedule } from './rules/backups/backup-schedule.ts';
import { databaseWithoutBackup } from './rules/backups/database-without-backup.ts';
import { ignoredPluginParameter } from './rules/backups/ignored-plugin-parameter.ts';
import { ignoredRetention } from './rules/backups/ignored-retention.ts';
import { imageWithoutBarman } from './rules/backups/image-without-barman.ts';
import { immediateBackup } from './rules/backups/immediate-backup.ts';
import { inTreeBarman } from './rules/backups/in-tree-barman.ts';
import { littleSidecarMemory } from './rules/backups/little-sidecar-memory.ts';
import { missingChecksumVariables } from './rules/backups/missing-checksum-variables.ts';
import { moverCannotRead } from './rules/backups/mover-cannot-read.ts';
import { skippedArchiveCheck } from './rules/backups/skipped-archive-check.ts';
import { storePath } from './rules/backups/store-path.ts';
import { walNotArchived } from './rules/backups/wal-not-archived.ts';
import { databaseCtypeC } from './rules/database/database-ctype-c.ts';
import { databaseOnNetworkShare } from './rules/database/database-on-network-share.ts';
import { extensionInWrongDatabase } from './rules/database/extension-in-wrong-database.ts';
import { extensionOfAnotherOwner } from './rules/database/extension-of-another-owner.ts';
import { readOnlyDatabase } from './rules/database/read-only-database.ts';
import { sqlForMissingRole } from './rules/database/sql-for-missing-role.ts';
import { superuser } from './rules/database/superuser.ts';
import { transactionPooler } from './rules/database/transaction-pooler.ts';
import { twoOnOneVolume } from './rules/database/two-on-one-volume.ts';
import { unsupportedVectorchord } from './rules/database/unsupported-vectorchord.ts';
import { vectorchordNeverCreated } from './rules/database/vectorchord-never-created.ts';
import { vectorchordNotPreloaded } from './rules/database/vectorchord-not-preloaded.ts';
import { unknownField } from './rules/fields/unknown-field.ts';
import { dependencyCircle } from './rules/flux/dependency-circle.ts';
import { healthExpression } from './rules/flux/health-expression.ts';
import { missingDependency } from './rules/flux/missing-dependency.ts';
import { missingRetryInterval } from './rules/flux/missing-retry-interval.ts';
import { objectInTwoKustomizations } from './rules/flux/object-in-two-kustomizations.ts';
import { substitution } from './rules/flux/substitution.ts';
import { deadProbe } from './rules/immich/dead-probe.ts';
import { ignoredVariable } from './rules/immich/ignored-variable.ts';
import { invalidConfiguration } from './rules/immich/invalid-configuration.ts';
import { libraryNotKept } from './rules/immich/library-not-kept.ts';
import { libraryReadOnly } from './rules/immich/library-read-only.ts';
import { mediaElsewhere } from './rules/immich/media-elsewhere.ts';
import { metricsOff } from './rules/immich/metrics-off.ts';
import { mountCheckDisabled } from './rules/immich/mount-check-disabled.ts';
import { movingTag } from './rules/immich/moving-tag.ts';
import { probeProvesNothing } from './rules/immich/probe-proves-nothing.ts';
import { refusedValue } from './rules/immich/refused-value.ts';
import { severalWorkers } from './rules/immich/several-workers.ts';
import { shortStartup } from './rules/immich/short-startup.ts';
import { versionMismatch } from './rules/immich/version-mismatch.ts';
import { brokenYaml } from './rules/layers/broken-yaml.ts';
import { duplicateObject } from './rules/layers/duplicate-object.ts';
import { emptyLayer } from './rules/layers/empty-layer.ts';
import { kustomizationFileMissing } from './rules/layers/kustomization-file-missing.ts';
import { kustomizationFileUnlisted } from './rules/layers/kustomization-file-unlisted.ts';
import { acceleratorWithoutDevice } from './rules/machine-learning/accelerator-without-device.ts';
import { modelsLost } from './rules/machine-learning/models-lost.ts';
import { needlessSecret } from './rules/machine-learning/needless-secret.ts';
import { unwritableHome } from './rules/machine-learning/unwritable-home.ts';
import { barePod } from './rules/pods/bare-pod.ts';
import { budgetBlocksDraining } from './rules/pods/budget-blocks-draining.ts';
import { deviceByPath } from './rules/pods/device-by-path.ts';
import { deviceWithoutGroup } from './rules/pods/device-without-group.ts';
import { imageGone } from './rules/pods/image-gone.ts';
import { inlineNfs } from './rules/pods/inline-nfs.ts';
import { littleMemory } from './rules/pods/little-memory.ts';
import { mayEscalate } from './rules/pods/may-escalate.ts';
import { podSecurity } from './rules/pods/pod-security.ts';
import { rollingUpdateOnSingleNodeVolume } from './rules/pods/rolling-update-on-single-node-volume.ts';
import { runsAsRoot } from './rules/pods/runs-as-root.ts';
import { unwritablePath } from './rules/pods/unwritable-path.ts';
import { dataWithoutPruneProtection } from './rules/protection/data-without-prune-protection.ts';
import { forceOnData } from './rules/protection/force-on-data.ts';
import { drillProvesNothing } from './rules/recovery/drill-proves-nothing.ts';
import { invalidRecovery } from './rules/recovery/invalid-recovery.ts';
import { recoveryDiffersFromBackup } from './rules/recovery/recovery-differs-from-backup.ts';
import { recoveryLeftInPlace } from './rules/recovery/recovery-left-in-place.ts';
import { recoveryOverwritesSource } from './rules/recovery/recovery-overwrites-source.ts';
import { recoveryWithoutNames } from './rules/recovery/recovery-without-names.ts';
import { apiServerByAddress } from './rules/references/api-server-by-address.ts';
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
import { noWayToApiServer } from './rules/references/no-way-to-api-server.ts';
import { policyNamesServicePort } from './rules/references/policy-names-service-port.ts';
import { policyPeerMatchesNothing } from './rules/references/policy-peer-matches-nothing.ts';
import { selectorMatchesNothing } from './rules/references/selector-matches-nothing.ts';
import { authenticationBreaksApps } from './rules/routes/authentication-breaks-apps.ts';
import { certificateWithoutHost } from './rules/routes/certificate-without-host.ts';
import { middlewareBreaksUploads } from './rules/routes/middleware-breaks-uploads.ts';
import { referenceAcrossNamespaces } from './rules/routes/reference-across-namespaces.ts';
import { removedTraefikOption } from './rules/routes/removed-traefik-option.ts';
import { routeWithoutListener } from './rules/routes/route-without-listener.ts';
import { shortReadTimeout } from './rules/routes/short-read-timeout.ts';
import { shortRequestTimeout } from './rules/routes/short-request-timeout.ts';
import { smallBodyLimit } from './rules/routes/small-body-limit.ts';
import { secretValue } from './rules/secrets/secret-value.ts';
import { dragonflyFlags } from './rules/valkey/dragonfly-flags.ts';
import { dragonflyMemory } from './rules/valkey/dragonfly-memory.ts';
import { evictionPolicy } from './rules/valkey/eviction-policy.ts';

/** Every rule, by class. A new rule is a file of its own and a line here. */
export const allRules: readonly Rule[] = [
  backupMethod,
  backupNeverScheduled,
  backupSchedule,
  databaseWithoutBackup,
  ignoredPluginParameter,
  ignoredRetention,
  imageWithoutBarman,
  immediateBackup,
  inTreeBarman,
  littleSidecarMemory,
  missingChecksumVariables,
  moverCannotRead,
  skippedArchiveCheck,
  storePath,
  walNotArchived,
  databaseCtypeC,
  databaseOnNetworkShare,
  extensionInWrongDatabase,
  extensionOfAnotherOwner,
  sqlForMissingRole,
  superuser,
  transactionPooler,
  readOnlyDatabase,
  twoOnOneVolume,
  unsupportedVectorchord,
  vectorchordNeverCreated,
  vectorchordNotPreloaded,
  unknownField,
  dependencyCircle,
  healthExpression,
  missingDependency,
  missingRetryInterval,
  objectInTwoKustomizations,
  substitution,
  deadProbe,
  ignoredVariable,
  invalidConfiguration,
  mediaElsewhere,
  libraryNotKept,
  libraryReadOnly,
  metricsOff,
  mountCheckDisabled,
  movingTag,
  probeProvesNothing,
  refusedValue,
  severalWorkers,
  shortStartup,
  versionMismatch,
  brokenYaml,
  duplicateObject,
  emptyLayer,
  kustomizationFileMissing,
  kustomizationFileUnlisted,
  acceleratorWithoutDevice,
  modelsLost,
  needlessSecret,
  unwritableHome,
  barePod,
  budgetBlocksDraining,
  deviceWithoutGroup,
  deviceByPath,
  imageGone,
  inlineNfs,
  littleMemory,
  mayEscalate,
  podSecurity,
  rollingUpdateOnSingleNodeVolume,
  runsAsRoot,
  unwritablePath,
  dataWithoutPruneProtection,
  forceOnData,
  drillProvesNothing,
  invalidRecovery,
  recoveryDiffersFromBackup,
  recoveryLeftInPlace,
  recoveryOverwritesSource,
  recoveryWithoutNames,
  apiServerByAddress,
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
  noWayToApiServer,
  policyPeerMatchesNothing,
  policyNamesServicePort,
  selectorMatchesNothing,
  authenticationBreaksApps,
  certificateWithoutHost,
  middlewareBreaksUploads,
  referenceAcrossNamespaces,
  removedTraefikOption,
  shortReadTimeout,
  shortRequestTimeout,
  routeWithoutListener,
  smallBodyLimit,
  secretValue,
  dragonflyFlags,
  dragonflyMemory,
  evictionPolicy,
];
