import { ageText } from '../age.ts';
import type { Check } from '../check.ts';
import { judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the certificates of dist are issued, and for how long they hold. */
export const certificates: Check = {
  id: 'certificates',
  title: 'Certificate',
  isOfLife: true,
  look: async ({ manifests, kubectl, now }, cluster) => {
    const wanted = manifests.filter(
      ({ object }) => object.apiVersion.startsWith('cert-manager.io/') && object.kind === 'Certificate',
    );
    const looked = wanted.map(async ({ object: { apiVersion, metadata } }) => {
      const { name = '', namespace } = metadata ?? {};
      const called = `Certificate ${namespace}/${name}`;
      const describe = `${kubectl} describe certificates.cert-manager.io,certificaterequests.cert-manager.io,orders.acme.cert-manager.io,challenges.acme.cert-manager.io --namespace ${namespace}`;
      return judge(
        await cluster.get(objectPath({ apiVersion, resource: 'certificates', namespace }, name)),
        called,
        {
          seen: (value) => {
            const object = live(value);
            const ready = conditionOf(object, 'Ready');
            const until = object.at('status', 'notAfter').text;
            const left = Date.parse(until ?? '') - now;
            if (until !== undefined && left <= 0) {
              return [sayError(`${called} has expired, at ${until}.`, describe)];
            }
            // Renewed with a third of its time left, of which Let's Encrypt gives 90 days.
            if (until !== undefined && left < 14 * day) {
              return [
                sayError(
                  `${called} holds for ${ageText(left)} only, until ${until}, and was not renewed.`,
                  describe,
                ),
              ];
            }
            if (ready?.at('status').text !== 'True') {
              const message = ready?.at('message').text ?? 'cert-manager has not begun';
              return [sayWarning(`${called} is not ready: ${message}`, describe)];
            }
            return [
              sayWell(
                `${called} holds${until === undefined ? '' : ` for ${ageText(left)}, until ${until}`}.`,
              ),
            ];
          },
        },
      );
    });
    return (await Promise.all(looked)).flat();
  },
};

const day = 24 * 3600 * 1000;
