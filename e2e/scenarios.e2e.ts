import { endEverything } from './control-plane/endings.ts';
import { appliedAsFluxAppliesIt } from './scenarios/01-applied.ts';
import { noDrift } from './scenarios/02-no-drift.ts';
import { nothingIsIgnored } from './scenarios/03-nothing-ignored.ts';
import { podSecurity } from './scenarios/04-pod-security.ts';
import { schedules } from './scenarios/05-schedules.ts';
import { operatorTakesTheCluster } from './scenarios/06-operator.ts';
import { pruningKeepsData } from './scenarios/07-pruning.ts';
import { upgradesDeleteNothing } from './scenarios/08-upgrades.ts';
import { throughGateway } from './scenarios/09-through-gateway.ts';
import { throughIngress } from './scenarios/09-through-ingress.ts';
import { throughTraefik } from './scenarios/09-through-traefik.ts';
import { ciliumPoliciesAllow } from './scenarios/10-cilium-policies.ts';
import { networkPoliciesSelect } from './scenarios/10-network-policies.ts';
import { scannersReportNothing } from './scenarios/11-scanners.ts';
import { restoresAndDrills } from './scenarios/12-restore.ts';
import { whatIsImmutable } from './scenarios/13-immutable.ts';
import { whatIsImpossible } from './scenarios/13-impossible.ts';
import { committed, type Site, sitesOf } from './scenarios/dist.ts';
import { applied, unguarded } from './scenarios/sites.ts';

describe('dist on a real control plane', () => {
  beforeAll(async () => {
    // As many at once as the machine has room for; a site that fails is reported by its own tests.
    await Promise.allSettled([...sitesOf(committed()).map(({ name }) => applied(name)), unguarded()]);
  }, 3_600_000);

  afterAll(endEverything);

  appliedAsFluxAppliesIt();
  noDrift();
  nothingIsIgnored(apiOf, { webhooks: true });
  podSecurity(apiOf);
  schedules();
  operatorTakesTheCluster();
  restoresAndDrills();
  networkPoliciesSelect();
  ciliumPoliciesAllow(apiOf);
  // Before the upgrades, after which what is there is no longer what dist says.
  whatIsImpossible();
  whatIsImmutable(async () => (await unguarded()).cluster.api);
  // Upgrades before pruning, after which nothing is left to upgrade.
  upgradesDeleteNothing();
  pruningKeepsData();
  throughTraefik();
  throughIngress();
  throughGateway();
  scannersReportNothing();
});

async function apiOf({ name }: Site) {
  return (await applied(name)).cluster.api;
}
