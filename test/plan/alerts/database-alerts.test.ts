import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

const ready = (pod: string, condition: string) =>
  `kube_pod_status_ready{namespace="immich",pod="${pod}",condition="${condition}",uid="1"}`;
const service = 'kube_service_created{namespace="immich",service="immich-db-rw",uid="1"}';
const claim = (name: string) => `namespace="immich",persistentvolumeclaim="${name}",node="one"`;
const free = (name: string) => `kubelet_volume_stats_available_bytes{${claim(name)}}`;
const size = (name: string) => `kubelet_volume_stats_capacity_bytes{${claim(name)}}`;

const situations: Situation[] = [
  {
    alert: 'ImmichDatabaseNotReady',
    when: 'its pod is not ready',
    series: {
      [service]: '0x99',
      [ready('immich-db-1', 'true')]: '0x99',
      [ready('immich-db-1', 'false')]: '1x99',
    },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichDatabaseNotReady',
    when: 'it has no pod any more, and that of a job is ready',
    series: { [service]: '0x99', [ready('immich-db-1-join-x7k2p', 'true')]: '1x99' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichDatabaseNotReady',
    when: 'it is ready',
    series: {
      [service]: '0x99',
      [ready('immich-db-1', 'true')]: '1x99',
      [ready('immich-db-1', 'false')]: '0x99',
    },
    after: '1h',
    fires: false,
  },
  {
    alert: 'ImmichDatabaseNotReady',
    when: 'it restarts for ten minutes',
    series: { [service]: '0x99', [ready('immich-db-1', 'true')]: '1x5 0x2 1x99' },
    after: '40m',
    fires: false,
  },
  { alert: 'ImmichDatabaseNotReady', when: 'no metric at all', series: {}, after: '1h', fires: false },
  {
    alert: 'ImmichDatabaseDiskFilling',
    when: 'a twentieth is free',
    series: { [free('immich-db-1')]: '1x99', [size('immich-db-1')]: '20x99' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichDatabaseDiskFilling',
    when: 'the volume of the write-ahead log will be full within hours',
    series: { [free('immich-db-1-wal')]: '1000-4x200', [size('immich-db-1-wal')]: '1200x200' },
    after: '16h',
    fires: true,
  },
  {
    alert: 'ImmichDatabaseDiskFilling',
    when: 'half is free, and a restore has just filled it fast',
    series: { [free('immich-db-1')]: '1000-20x25 500x99', [size('immich-db-1')]: '1000x200' },
    after: '3h',
    fires: false,
  },
  {
    alert: 'ImmichDatabaseDiskFilling',
    when: 'the volume of another database is full',
    series: { [free('other-db-1')]: '0x99', [size('other-db-1')]: '20x99' },
    after: '1h',
    fires: false,
  },
  { alert: 'ImmichDatabaseDiskFilling', when: 'no metric at all', series: {}, after: '1h', fires: false },
];

testAlerts(alertsOf('immich-db', ['  cnpg:\n', '  cnpg:\n    instances: 1\n']), situations);
