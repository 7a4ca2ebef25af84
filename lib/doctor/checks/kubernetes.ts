import type { Manifest } from '../../manifests/manifest.ts';
import type { Check } from '../check.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { live } from '../live.ts';

/** Whether the API server is of the version that the file says, and new enough for what dist uses. */
export const kubernetes: Check = {
  id: 'kubernetes',
  title: 'Kubernetes',
  isOfLife: false,
  look: async ({ plan, manifests, file }, cluster) =>
    judge(await cluster.get('/version'), 'The version of Kubernetes', {
      seen: (value) => {
        const text = live(value).at('gitVersion').text;
        const minor = minorOf(text);
        if (text === undefined || minor === undefined) {
          return [sayWell(`The API server is ${text ?? 'of an unknown version'}.`)];
        }
        const called = `The API server is ${text}`;
        const stated = plan.installation.kubernetes;
        const findings: Finding[] = uses
          .filter(({ since, isIn }) => minor < since && manifests.some(isIn))
          .map(({ since, what, instead }) =>
            sayError(`${called}, and dist has ${what}, which Kubernetes has from 1.${since} on.`, instead),
          );
        if (stated !== undefined && minor < stated.minor) {
          const written = `Update it, or write kubernetes: "1.${minor}" into ${file}, and run synth.`;
          findings.push(sayError(`${called}, and the file says ${stated.text}.`, written));
        }
        const newer = stated !== undefined && minor > stated.minor ? `; the file says ${stated.text}` : '';
        return findings.length > 0 ? findings : [sayWell(`${called}, which has all that dist uses${newer}.`)];
      },
    }),
};

/** The minor version in `v1.34.1+k3s1`; Kubernetes has had no other major one. */
function minorOf(text: string | undefined): number | undefined {
  const [, minor] = /^v1\.(\d+)/.exec(text ?? '') ?? [];
  return minor === undefined ? undefined : Number(minor);
}

/** What dist may have that older versions of Kubernetes do not have, or have behind a gate. */
const uses: readonly {
  readonly since: number;
  readonly what: string;
  readonly isIn: (manifest: Manifest) => boolean;
  readonly instead: string;
}[] = [
  {
    // https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
    since: 30,
    what: 'a ValidatingAdmissionPolicy',
    isIn: ({ object }) => object.kind === 'ValidatingAdmissionPolicy',
    instead: 'Update it, or write protection: { admission: false }.',
  },
  {
    // https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
    since: 34,
    what: 'a ResourceClaimTemplate',
    isIn: ({ object }) => object.kind === 'ResourceClaimTemplate',
    instead: 'Update it, or ask for the card by its device plugin: gpu: { resource: ... }.',
  },
];
