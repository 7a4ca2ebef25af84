import { failedJobs, labelledSeriesOf, seriesOf, succeededJobs } from '../../immich/metrics.ts';
import type { Installation } from '../../installation/installation.ts';
import { learningPoolsOf } from '../../installation/machine-learning.ts';
import { volumeClaimsOf } from '../../installation/volumes.ts';
import { microservicesName, routeName, serverName, valkeyName } from '../../names.ts';
import { type Alert, anyOf, day, freeAfter, freeShareOf } from './alert.ts';

/** Alerts about Immich itself: its pods, volumes, certificate and jobs. */
export function immichAlerts(installation: Installation): Alert[] {
  return [
    ...podAlerts(installation),
    volumeAlert(installation),
    ...certificateAlerts(installation),
    ...jobAlerts(installation),
  ];
}

function podAlerts({ namespace, server, machineLearning, valkey }: Installation): Alert[] {
  const names = [
    serverName,
    ...(server.microservices.separate ? [microservicesName] : []),
    ...learningPoolsOf(machineLearning).map(({ name }) => name),
    ...(valkey.kind === 'own' ? [valkeyName] : []),
  ];
  const deployments = `namespace="${namespace}",deployment=~"${anyOf(names)}"`;
  const reasons =
    'CrashLoopBackOff|CreateContainerConfigError|CreateContainerError|ErrImagePull|ImagePullBackOff|InvalidImageName';
  const waiting = `kube_pod_container_status_waiting_reason{namespace="${namespace}",pod=~"(${anyOf(names)})-.*",reason=~"${reasons}"}`;
  return [
    {
      name: 'ImmichNotReady',
      expression: `max by (namespace, deployment) (kube_deployment_status_replicas_available{${deployments}}) < max by (namespace, deployment) (kube_deployment_spec_replicas{${deployments}})`,
      // The server's migrations take up to half an hour on a large library.
      patience: '40m',
      severity: 'critical',
      summary: `{{ $labels.deployment }} in ${namespace} has had fewer ready pods than it should for 40 minutes.`,
      action:
        'Look at the pods and their events. A server that says `Failed to read ... .immich` has found an empty volume: see "Restore the library", and never take the check away.',
    },
    {
      name: 'ImmichPodStuck',
      // The reason comes and goes while a container is tried again.
      expression: `max by (namespace, pod, reason) (max_over_time(${waiting}[10m])) > 0`,
      patience: '15m',
      severity: 'critical',
      summary: `The pod {{ $labels.pod }} in ${namespace} does not start: {{ $labels.reason }}.`,
      action:
        '`kubectl describe pod` says which image or Secret is missing; the log of the container before says why it ended: `kubectl logs --previous`.',
    },
  ];
}

function volumeAlert({ namespace, volumes }: Installation): Alert {
  const claims = `namespace="${namespace}",persistentvolumeclaim=~"${anyOf(volumeClaimsOf(volumes))}"`;
  return {
    name: 'ImmichVolumeFilling',
    expression: `${freeShareOf(claims)} < 0.05 or (${freeShareOf(claims)} < 0.2 and ${freeAfter(claims, 4 * day)} < 0)`,
    patience: '1h',
    severity: 'warning',
    summary: `The volume of {{ $labels.persistentvolumeclaim }} in ${namespace} is nearly full, or will be within four days. Uploads then fail.`,
    action: 'Raise its `size` in the installation file; on NFS make room on the server.',
  };
}

/** https://cert-manager.io/docs/devops-tips/prometheus-metrics/ */
function certificateAlerts({ namespace, host, route }: Installation): Alert[] {
  if (route.certificate?.kind !== 'issuer') return [];
  // Prometheus renames the label of a metric whose scraped pod has one of the same name, unless it is told to keep it.
  const metric = (name: string) =>
    `max(${name}{name="${routeName}",exported_namespace="${namespace}"} or ${name}{name="${routeName}",namespace="${namespace}"})`;
  return [
    {
      name: 'ImmichCertificateExpiring',
      expression: `${metric('certmanager_certificate_expiration_timestamp_seconds')} - time() < ${14 * day} unless time() - ${metric('certmanager_certificate_renewal_timestamp_seconds')} <= ${day}`,
      patience: '1h',
      severity: 'critical',
      summary: `The certificate of ${host} ends within two weeks, and its renewal is a day late.`,
      action: `\`kubectl describe certificates.cert-manager.io ${routeName} --namespace ${namespace}\` names the order and challenge that hang. The usual causes are a changed DNS name and a token of the DNS provider that has expired.`,
    },
  ];
}

function jobAlerts({ namespace }: Installation): Alert[] {
  const inAnHour = (metric: string) =>
    `sum by (job_name) (increase(${labelledSeriesOf(namespace, metric, 'job_name')}[1h:1m]))`;
  const failed = inAnHour(failedJobs());
  const dump = seriesOf(namespace, failedJobs('database_backup|backup_database'));
  return [
    {
      name: 'ImmichJobsFailing',
      // A broken file fails alone and every night; this is about what fails for all of them.
      expression: `${failed} > 10 unless on (job_name) ${inAnHour(succeededJobs())} >= ${failed}`,
      patience: '15m',
      severity: 'warning',
      summary: `Most of Immich's jobs "{{ $labels.job_name }}" in ${namespace} fail.`,
      action:
        'The log of the server says why. Machine learning that is away, a full volume and a missing device for transcoding fail like this. Administration > Jobs runs what is missing again.',
    },
    {
      name: 'ImmichDumpFailing',
      // The counter appears with its first failure, so that it has nothing to grow from.
      expression: `sum(increase(${dump}[1d])) > 0 or count(${dump} > 0 unless ${dump} offset 1d) > 0`,
      patience: '5m',
      severity: 'warning',
      summary: `Immich could not dump its database into the library in ${namespace}.`,
      action:
        'The log of the server says why: a PostgreSQL that is newer than what this Immich can dump, or a full volume.',
    },
  ];
}
