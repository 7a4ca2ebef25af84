import type { Addresses } from '../kubernetes/network.ts';

/** All addresses of both families. */
export const everywhere = ['0.0.0.0/0', '::/0'];

/** Addresses outside of the cluster, under a name for the reader. */
export function addresses(name: string, ranges: readonly string[]): Addresses {
  return { kind: 'addresses', name, ranges, except: [] };
}

/** Public addresses only: what is inside the network is none of machine learning's business. */
export const internet: Addresses = {
  kind: 'addresses',
  name: 'the internet',
  ranges: everywhere,
  except: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    'fc00::/7',
    'fe80::/10',
  ],
};
