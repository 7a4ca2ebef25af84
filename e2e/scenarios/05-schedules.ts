import { readBackupSchedule } from '../../lib/cnpg/backup-schedule.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { nextTimes } from '../../lib/values/cron-times.ts';
import { type ApiClient, referenceOf } from '../control-plane/api-client.ts';
import { eventually } from '../control-plane/eventually.ts';
import { at, textAt } from '../control-plane/value.ts';
import { committed, objectsOf, sitesOf } from './dist.ts';
import { applied } from './sites.ts';

/** CloudNativePG announces the backup that synth's comment promises. */
export function schedules(): void {
  describe('5. The schedule the operator reads', () => {
    const tree = committed();
    const backups = sitesOf(tree).flatMap((site) =>
      objectsOf(tree, site)
        .filter(({ object }) => object.kind === 'ScheduledBackup')
        .map(({ file, text, object }) => ({ file, text, object, site: site.name })),
    );

    test('there are schedules to look at', () => {
      expect(backups.length).toBeGreaterThan(0);
    });

    test.each(backups)('$file: the first backup is announced for the time in the comment', async (backup) => {
      const { cluster } = await applied(backup.site);
      // One that starts at once announces nothing first, so the operator is asked about a copy that waits.
      const { object: waiting } = await cluster.api.create({
        ...backup.object,
        metadata: { name: `${backup.object.metadata?.name}-waiting`, namespace: namespaceOf(backup.object) },
        spec: {
          schedule: textAt(backup.object, 'spec', 'schedule'),
          immediate: false,
          cluster: at(backup.object, 'spec', 'cluster'),
        },
      });
      const announced = await announcement(cluster.api, waiting);
      const schedule = textAt(backup.object, 'spec', 'schedule');
      const reading = readBackupSchedule(schedule);
      if (!reading.ok) {
        throw new Error(reading.message);
      }
      const { words, perDay, timing } = reading.value;
      expect(backup.text).toContain(`# Seconds first: ${words}. Backups a day: ${perDay}.`);
      await cluster.api.delete(referenceOf(waiting));
      const created = new Date(textAt(waiting, 'metadata', 'creationTimestamp'));
      expect(announced).toEqual(nextTimes({ timing }, created, 1)[0]);
    });

    test('control: five fields, meant as every midnight, are announced for the next full hour', async () => {
      const [backup] = backups;
      const { cluster } = await applied(backup?.site ?? '');
      const metadata = { name: 'five-fields', namespace: backup?.object.metadata?.namespace ?? '' };
      const { object } = await cluster.api.create({
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'ScheduledBackup',
        metadata,
        spec: { schedule: '0 0 * * *', suspend: false, cluster: at(backup?.object, 'spec', 'cluster') },
      });
      const announced = await announcement(cluster.api, object);
      await cluster.api.delete(referenceOf(object));
      const created = new Date(textAt(object, 'metadata', 'creationTimestamp'));
      const nextHour = Math.floor(created.getTime() / 3_600_000) * 3_600_000 + 3_600_000;
      expect(announced).toEqual(new Date(nextHour));
    });
  });
}

function namespaceOf(object: KubernetesObject): string {
  return object.metadata?.namespace ?? '';
}

/** The time of the operator's event "Scheduled first backup by 2026-11-23 03:00:00 +0000 UTC". */
function announcement(api: ApiClient, backup: KubernetesObject): Promise<Date> {
  const { name, namespace } = backup.metadata ?? {};
  return eventually(`an event of ScheduledBackup ${name}`, async () => {
    const events = await api.list('v1', 'Event', namespace);
    const own = events.filter(
      (event) =>
        textAt(event, 'involvedObject', 'name') === name &&
        textAt(event, 'involvedObject', 'kind') === 'ScheduledBackup',
    );
    const times = own.flatMap((event) => {
      const found = /^Scheduled first backup by (\S+) (\S+) \+0000 UTC$/.exec(textAt(event, 'message'));
      return found === null ? [] : [new Date(`${found[1]}T${found[2]}Z`)];
    });
    return times[0];
  });
}
