import { type ControlPlane, startApiServer } from './api-server.ts';
import { startCloudNativePG } from './cloudnative-pg.ts';
import { installCustomResources } from './custom-resources.ts';
import { type Flux, startFlux } from './flux.ts';
import { startCertificates, startProvisioner } from './stand-ins.ts';
import { startWorkloads } from './workloads.ts';

/** A cluster as dist expects one: the platform's operators run, and nothing of Immich is there. */
export interface Cluster extends ControlPlane {
  readonly flux: Flux;
}

/** Starts a cluster. `network` as in {@link startWorkloads}; no two clusters may share one. */
export async function startCluster(name: string, network: number, databases: boolean): Promise<Cluster> {
  const plane = await startApiServer(name);
  await installCustomResources(plane.api);
  await Promise.all([startWorkloads(plane, network), databases && startCloudNativePG(plane)]);
  for (const namespace of platformNamespaces) {
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
  startProvisioner(plane);
  startCertificates(plane);
  return { ...plane, flux: await startFlux(plane) };
}

/** Where dist puts objects for programs that it expects and that do not run here. */
const platformNamespaces = ['longhorn-system'];
