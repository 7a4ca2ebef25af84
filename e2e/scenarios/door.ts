import { type ControlPlane, startApiServer } from '../control-plane/api-server.ts';
import { Browser } from '../control-plane/browser.ts';
import { installCustomResources } from '../control-plane/custom-resources.ts';
import { eventually } from '../control-plane/eventually.ts';
import { startStubServer } from '../control-plane/stub-server.ts';
import { startTraefik, type Traefik } from '../control-plane/traefik.ts';
import { shortTimeout, startTransfers, type Transfers } from './transfers.ts';

/** A door of dist that real Traefiks have opened, and what goes through it. */
export interface Door {
  readonly plane: ControlPlane;
  /** The Traefik that is told what dist, or its advice, wants. */
  readonly ours: Traefik;
  readonly browser: Browser;
  /** Begun through ours, and through a Traefik with a short timeout as the control. */
  readonly transfers: Transfers;
  readonly close: () => Promise<void>;
}

/** How a Traefik is started. */
export interface DoorSettings {
  readonly flags: readonly string[];
  /** What it listens on for HTTPS; one that is free where it does not matter. */
  readonly port?: number;
}

/** What a door is made of. */
export interface DoorPlan {
  /** Tells it from others. */
  readonly name: string;
  readonly host: string;
  /** The range of the addresses of Services. */
  readonly services?: string;
  /** Where what stands for Immich listens. */
  readonly server?: { readonly host: string; readonly port: number };
  /** Applies what is needed; gives the settings of ours, and of the control without its timeout. */
  readonly prepare: (
    plane: ControlPlane,
    port: number,
  ) => Promise<{ readonly ours: DoorSettings; readonly control: DoorSettings }>;
}

/** Starts an API server, what stands for Immich, and two Traefiks before it; waits until both let a request through. */
export async function openDoor({ name, host, services, server, prepare }: DoorPlan): Promise<Door> {
  const plane = await startApiServer(name, services);
  await installCustomResources(plane.api);
  const stub = await startStubServer(server?.host, server?.port);
  const { ours, control } = await prepare(plane, stub.port);
  const shortened = `--entrypoints.websecure.transport.respondingtimeouts.readtimeout=${shortTimeout}`;
  const [long, short] = await Promise.all([
    startTraefik(plane, name, ours.flags, ours.port),
    startTraefik(plane, `${name}-short-timeout`, [...control.flags, shortened], control.port),
  ]);
  const behind = ({ websecure }: Traefik) => new Browser(host, websecure, plane.access.authority);
  for (const each of [long, short].map(behind)) {
    await eventually('Traefik serves the route', async () =>
      (await each.get('/api/server/ping')).status === 200 ? true : undefined,
    );
  }
  const browser = behind(long);
  return {
    plane,
    ours: long,
    browser,
    transfers: startTransfers(browser, behind(short)),
    close: async () => {
      stub.stop();
      for (const process of [long.process, short.process, plane.apiServer, plane.etcd]) {
        await process.stop();
      }
    },
  };
}
