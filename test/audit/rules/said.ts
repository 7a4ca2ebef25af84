import { audit } from '../../../lib/audit/audit.ts';
import { allRules } from '../../../lib/audit/rules.ts';
import { Inventory, type InventoryOptions } from '../../../lib/manifests/inventory.ts';
import { renderReleases } from '../../../lib/repository/helm/releases.ts';
import { inventoryOf, manifestsOf } from '../example.ts';

/** What one rule says of manifests: "severity path". */
export function said(id: string, example: string, options: InventoryOptions = {}): string[] {
  const rules = allRules.filter((rule) => rule.id === id);
  expect(rules).toHaveLength(1);
  return audit(inventoryOf(example, options), rules).map(
    ({ severity, path }) => `${severity} ${path.join('.')}`,
  );
}

/** The same, with what the charts among the manifests make. */
export function saidOfReleases(id: string, example: string): string[] {
  const manifests = manifestsOf(example);
  const rendered = renderReleases(manifests);
  const inventory = new Inventory([...manifests, ...rendered.manifests], { opaque: rendered.opaque });
  return audit(
    inventory,
    allRules.filter((rule) => rule.id === id),
  ).map(({ severity, path }) => `${severity} ${path.join('.')}`);
}

/** An ObjectStore. */
export const store = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec: { configuration: { destinationPath: s3://immich } }`;

/** The part of a Cluster's spec that archives to it. */
export const plugin = `plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich }`;
