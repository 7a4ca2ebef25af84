import { parse } from 'yaml';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import type { ControlPlane } from './api-server.ts';
import { eventually } from './eventually.ts';
import { freePorts, type RunningProcess, start } from './processes.ts';
import { toolPath } from './tools.ts';
import { at, textAt } from './value.ts';

/** A Traefik that listens on two ports of 127.0.0.1. */
export interface Traefik {
  readonly process: RunningProcess;
  readonly web: number;
  readonly websecure: number;
}

/**
 * Runs Traefik against a control plane.
 *
 * @param flags further static configuration
 * @param port what it listens on for HTTPS; one that is free where it does not matter
 * @param name ends the name of its log, when there are several
 */
export async function startTraefik(
  plane: ControlPlane,
  name: string,
  flags: readonly string[],
  port?: number,
): Promise<Traefik> {
  const [web = 0, free = 0, ping = 0] = await freePorts(3);
  const websecure = port ?? free;
  const process = start({
    name: `${plane.name}.${name}`,
    binary: toolPath('traefik', 'traefik'),
    args: [
      '--providers.kubernetescrd',
      // The API server refuses loopback addresses in EndpointSlices; a name that is one stands in.
      '--providers.kubernetescrd.allowExternalNameServices=true',
      `--entrypoints.web.address=127.0.0.1:${web}`,
      `--entrypoints.websecure.address=127.0.0.1:${websecure}`,
      `--entrypoints.traefik.address=127.0.0.1:${ping}`,
      '--ping=true',
      '--global.checknewversion=false',
      '--global.sendanonymoususage=false',
      ...flags,
    ],
    environment: { KUBECONFIG: plane.kubeconfig },
  });
  await eventually(`${process.name} answers`, async () => {
    return (await fetch(`http://127.0.0.1:${ping}/ping`)).ok ? true : undefined;
  });
  return { process, web, websecure };
}

/**
 * The static configuration that Traefik's Helm chart makes of the values of a HelmChartConfig: every scalar under
 * `ports.<entry point>.transport`, which is all that ours may set.
 */
export function flagsOf(helmChartConfig: KubernetesObject): readonly string[] {
  const values: Value = parse(textAt(helmChartConfig, 'spec', 'valuesContent'));
  return entriesOf(at(values, 'ports')).flatMap(([entryPoint, port]) =>
    flagsBelow(at(port, 'transport'), `--entrypoints.${entryPoint}.transport`),
  );
}

function flagsBelow(value: Value | undefined, prefix: string): readonly string[] {
  return typeof value === 'object'
    ? entriesOf(value).flatMap(([key, below]) => flagsBelow(below, `${prefix}.${key}`))
    : [`${prefix}=${value}`];
}

function entriesOf(value: Value | undefined): readonly [string, Value | undefined][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
