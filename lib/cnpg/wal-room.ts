import type { Quantity } from '../values/quantity.ts';

/** The volumes of a database, as far as the write-ahead log goes. */
export interface WalRoom {
  readonly storage: { readonly size: Quantity };
  readonly walStorage: { readonly size: Quantity } | undefined;
}

/**
 * How many bytes of write-ahead log a database may keep: it must fit beside everything else, as PostgreSQL stops when
 * its volume is full.
 */
export function roomForWal({ storage, walStorage }: WalRoom): number {
  return walStorage === undefined ? storage.size.amount / 4 : walStorage.size.amount / 2;
}

/** An amount of bytes as PostgreSQL writes it; its units are of 1024, and below 128MB nothing works well. */
export function postgresSize(bytes: number): string {
  const megabytes = Math.max(128, Math.floor(bytes / 2 ** 20));
  return megabytes % 1024 === 0 ? `${megabytes / 1024}GB` : `${megabytes}MB`;
}
