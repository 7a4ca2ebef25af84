/** Kinds of object that do nothing to what runs when they come. */
export const harmlessToAdd: ReadonlySet<string> = new Set([
  'ConfigMap',
  'CronJob',
  'Database',
  'GrafanaDashboard',
  'Kustomization',
  'Namespace',
  'ObjectStore',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'RecurringJob',
  'ReplicationSource',
  'Role',
  'RoleBinding',
  'ScheduledBackup',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

/** Kinds of object that nothing needs, so that they may go. */
export const harmlessToRemove: ReadonlySet<string> = new Set([
  'GrafanaDashboard',
  'Job',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'ServiceAccount',
  'ServiceMonitor',
]);
