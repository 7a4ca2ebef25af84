import {
  challengeSolverName,
  machineLearningName,
  microservicesName,
  serverName,
  valkeyName,
} from '../../names.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Installation } from '../installation.ts';
import { learningPoolsOf } from '../machine-learning.ts';
import { longestNames } from '../name-limits.ts';
import { keepsJobs } from '../valkey.ts';
import { claimNameOf } from '../volumes.ts';

/** What is called so in every namespace of ours: pods, services, policies, monitors. */
const ours = [
  serverName,
  microservicesName,
  machineLearningName,
  valkeyName,
  challengeSolverName,
  'default-deny',
];

/** The claim of Valkey, which is not among the volumes. */
const valkeyClaim = 'immich-valkey';

/** Names are made from it that must still fit into a label. */
export function checkName({ name }: Installation, at: Place): void {
  checkLength(name, longestNames.installation, at.in('name'));
}

/** Names are made from it that must still fit into a label. */
export function checkNamespaceName({ namespace }: Installation, at: Place): void {
  checkLength(namespace, longestNames.namespace, at.in('namespace'));
}

/** Names are made from it, and some are taken. */
export function checkNameOfDatabase({ database }: Installation, at: Place): void {
  if (database.kind === 'cnpg') checkDatabaseName(database.cnpg.name, at.in('database', 'cnpg', 'name'));
}

/** No pool of machine learning has the name of the database. */
export function checkNameBesidePools({ database, machineLearning }: Installation, at: Place): void {
  if (database.kind !== 'cnpg' || ours.includes(database.cnpg.name)) return;
  const { name } = database.cnpg;
  if (learningPoolsOf(machineLearning).some((pool) => pool.name === name)) {
    checkDatabaseName(name, at.in('database', 'cnpg', 'name'), [name]);
  }
}

/** No volume has the claim of Valkey. */
export function checkClaimNames({ volumes, valkey }: Installation, at: Place): void {
  if (!keepsJobs(valkey)) return;
  for (const [key, volume] of Object.entries(volumes)) {
    if (volume !== undefined && claimNameOf(key, volume) === valkeyClaim) {
      const place = at.in('volumes', key, volume.kind === 'existing' ? 'existingClaim' : 'claim');
      place.error(`${quote(valkeyClaim)} is the claim of valkey.persistence. Write another name.`);
    }
  }
}

/** Long names are refused by CloudNativePG, and Services of the database must begin with a letter. */
export function checkDatabaseName(name: string, at: Place, pools: readonly string[] = []): void {
  checkLength(name, longestNames.database, at);
  if (/^[0-9]/.test(name)) {
    at.error(
      `${quote(name)} begins with a digit, which names of Services cannot. Write db-${name}, or the like.`,
    );
  }
  if ([...ours, ...pools].includes(name)) {
    at.error(
      `${quote(name)} is the name of another part of the installation. Write another one, such as immich-db.`,
    );
  }
}

function checkLength(name: string, longest: number, at: Place): void {
  if (name.length > longest) {
    at.error(
      `${quote(name)} has ${name.length} characters, and names that are made from it would be too long. Write at most ${longest}.`,
    );
  }
}
