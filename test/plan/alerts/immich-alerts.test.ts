import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

const deployment = (name: string) => `namespace="immich",deployment="${name}"`;
const available = (name: string) => `kube_deployment_status_replicas_available{${deployment(name)}}`;
const wanted = (name: string) => `kube_deployment_spec_replicas{${deployment(name)}}`;
const waiting = (pod: string, reason: string) =>
  `kube_pod_container_status_waiting_reason{namespace="immich",pod="${pod}",container="server",uid="1",reason="${reason}"}`;
const claim = (name: string, node = 'one') =>
  `namespace="immich",persistentvolumeclaim="${name}",node="${node}"`;
const free = (name: string, node?: string) => `kubelet_volume_stats_available_bytes{${claim(name, node)}}`;
const size = (name: string, node?: string) => `kubelet_volume_stats_capacity_bytes{${claim(name, node)}}`;
const certificate = (metric: string, labels = 'namespace="immich"') =>
  `certmanager_certificate_${metric}_timestamp_seconds{name="immich",${labels},issuer_kind="ClusterIssuer",issuer_name="letsencrypt-prod",issuer_group="cert-manager.io"}`;
const jobs = (name: string) =>
  `immich_jobs_${name}_total{namespace="immich",pod="immich-server-0",container="server",otel_scope_name="immich"}`;
const day = 86_400;

const situations: Situation[] = [
  {
    alert: 'ImmichNotReady',
    when: 'no pod of the server for an hour',
    series: { [available('immich-server')]: '0x99', [wanted('immich-server')]: '1x99' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichNotReady',
    when: 'a migration of half an hour',
    series: { [available('immich-server')]: '0x5 1x99', [wanted('immich-server')]: '1x99' },
    after: '45m',
    fires: false,
  },
  {
    alert: 'ImmichNotReady',
    when: 'it was scaled to 0',
    series: { [available('immich-server')]: '0x99', [wanted('immich-server')]: '0x99' },
    after: '2h',
    fires: false,
  },
  {
    alert: 'ImmichNotReady',
    when: 'a Deployment that is not ours',
    series: { [available('immich-kiosk')]: '0x99', [wanted('immich-kiosk')]: '1x99' },
    after: '2h',
    fires: false,
  },
  { alert: 'ImmichNotReady', when: 'no metric at all', series: {}, after: '2h', fires: false },
  {
    alert: 'ImmichPodStuck',
    when: 'a container ends again and again',
    series: { [waiting('immich-server-5d7-x2x', 'CrashLoopBackOff')]: '1 _ 1 _ 1 _ 1 _ 1 _ 1 _ 1 _ 1' },
    after: '50m',
    fires: true,
  },
  {
    alert: 'ImmichPodStuck',
    when: 'an image is not there',
    series: { [waiting('immich-machine-learning-5d7-x2x', 'ImagePullBackOff')]: '1x20' },
    after: '50m',
    fires: true,
  },
  {
    alert: 'ImmichPodStuck',
    when: 'a container starts for long',
    series: { [waiting('immich-server-5d7-x2x', 'ContainerCreating')]: '1x20' },
    after: '50m',
    fires: false,
  },
  { alert: 'ImmichPodStuck', when: 'no metric at all', series: {}, after: '1h', fires: false },
  {
    alert: 'ImmichVolumeFilling',
    when: 'a fiftieth is free',
    series: { [free('immich-library')]: '1x99', [size('immich-library')]: '50x99' },
    after: '2h',
    fires: true,
  },
  {
    alert: 'ImmichVolumeFilling',
    when: 'an import fills it within days',
    series: { [free('immich-library')]: '1000-1x300', [size('immich-library')]: '5000x300' },
    after: '24h',
    fires: true,
  },
  {
    alert: 'ImmichVolumeFilling',
    when: 'a tenth is free and stays so, seen from two nodes',
    series: {
      [free('immich-library')]: '10x99',
      [size('immich-library')]: '100x99',
      [free('immich-library', 'two')]: '10x99',
      [size('immich-library', 'two')]: '100x99',
    },
    after: '2h',
    fires: false,
  },
  { alert: 'ImmichVolumeFilling', when: 'no metric at all', series: {}, after: '2h', fires: false },
  {
    alert: 'ImmichCertificateExpiring',
    when: 'it ends in ten days, and was to be renewed twenty days ago',
    series: {
      [certificate('expiration')]: `${10 * day}x999`,
      [certificate('renewal')]: `${-20 * day}x999`,
    },
    after: '2h',
    fires: true,
  },
  {
    alert: 'ImmichCertificateExpiring',
    when: 'the same, and Prometheus has renamed the label',
    series: {
      [certificate('expiration', 'exported_namespace="immich",namespace="cert-manager"')]: `${10 * day}x999`,
      [certificate('renewal', 'exported_namespace="immich",namespace="cert-manager"')]: `${-20 * day}x999`,
    },
    after: '2h',
    fires: true,
  },
  {
    alert: 'ImmichCertificateExpiring',
    when: 'certificates of six days, which are renewed two days before their end',
    series: {
      [certificate('expiration')]: `${6 * day}x1300`,
      [certificate('renewal')]: `${4 * day}x1300`,
    },
    after: '4d',
    fires: false,
  },
  {
    alert: 'ImmichCertificateExpiring',
    when: 'one of the same name in another namespace',
    series: {
      [certificate('expiration', 'exported_namespace="other",namespace="cert-manager"')]: `${day}x999`,
      [certificate('renewal', 'exported_namespace="other",namespace="cert-manager"')]: `${-9 * day}x999`,
    },
    after: '2h',
    fires: false,
  },
  { alert: 'ImmichCertificateExpiring', when: 'no metric at all', series: {}, after: '2h', fires: false },
  {
    alert: 'ImmichJobsFailing',
    when: 'machine learning is away',
    series: { [jobs('smart_search_failed')]: '0+5x99', [jobs('smart_search_success')]: '9000x99' },
    after: '3h',
    fires: true,
  },
  {
    alert: 'ImmichJobsFailing',
    when: 'no such job has succeeded since the start',
    series: { [jobs('asset_encode_video_failed')]: '0+5x99' },
    after: '3h',
    fires: true,
  },
  {
    alert: 'ImmichJobsFailing',
    when: 'a few broken files among many',
    series: {
      [jobs('asset_generate_thumbnails_failed')]: '0+3x99',
      [jobs('asset_generate_thumbnails_success')]: '0+80x99',
    },
    after: '3h',
    fires: false,
  },
  {
    alert: 'ImmichJobsFailing',
    when: 'another job fails, seldom',
    series: { [jobs('asset_extract_metadata_failed')]: '0x20 2x90', [jobs('smart_search_success')]: '0x99' },
    after: '3h',
    fires: false,
  },
  { alert: 'ImmichJobsFailing', when: 'no metric at all', series: {}, after: '3h', fires: false },
  {
    alert: 'ImmichDumpFailing',
    when: 'the first failure since the start',
    series: { [jobs('database_backup_failed')]: '_x100 1x200', [jobs('database_backup_success')]: '5x300' },
    after: '10h',
    fires: true,
  },
  {
    alert: 'ImmichDumpFailing',
    when: 'it has failed last week',
    series: { [jobs('database_backup_failed')]: '1x600' },
    after: '26h',
    fires: false,
  },
  {
    alert: 'ImmichDumpFailing',
    when: 'it failed again',
    series: { [jobs('database_backup_failed')]: '1x300 2x200' },
    after: '26h',
    fires: true,
  },
  { alert: 'ImmichDumpFailing', when: 'no metric at all', series: {}, after: '10h', fires: false },
];

testAlerts(alertsOf('immich'), situations);
