import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Piece, take } from '../piece.ts';
import type { Subject } from './subject.ts';

/** A way from the server to pods beside it that are not Immich's own. */
export interface Way {
  readonly labels: { readonly [label: string]: string };
  readonly port: number;
  readonly why: string;
}

/** The way to the pods of a workload, at the port that they listen on. */
export function wayTo({ labels, containers }: WorkloadView, why: string, standard: number): Way {
  const ports = containers.flatMap((one) => one.ports.flatMap(({ number }) => number ?? []));
  return { labels, port: ports.includes(standard) ? standard : (ports[0] ?? standard), why };
}

/** The key `network.egress`: policies cut off what lives in the same namespace, unless it is named. */
export function egressPieces({ namespace }: Subject, ways: readonly Way[]): Piece[] {
  return ways.length === 0 || namespace === undefined
    ? []
    : [
        take(
          ['network', 'egress'],
          ways.map(({ labels, port, why }) => ({
            from: 'server',
            to: { namespace, labels },
            ports: [port],
            why,
          })),
        ),
      ];
}
