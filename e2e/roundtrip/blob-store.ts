import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { freePorts, ownFolder, type RunningProcess, start } from '../control-plane/processes.ts';
import type { Parts } from './parts.ts';

/** An emulator of Azure Blob Storage, with one account. */
export interface BlobStore {
  /** A connection string that may do everything. */
  readonly connectionString: string;
  /** A connection string with a SAS token that may read and list one container. */
  readonly readOnly: (container: string) => string;
  /** Deletes the blobs of a folder whose names end so; gives how many there were. */
  readonly remove: (container: string, folder: string, ending: string) => number;
  readonly process: RunningProcess;
}

/** Starts an emulator on a port of 127.0.0.1, with nothing in it. */
export async function startBlobStore({ azurite, python }: Parts, account: string): Promise<BlobStore> {
  const [port = 0] = await freePorts(1);
  const key = randomBytes(64).toString('base64');
  const process = start({
    name: 'azurite',
    binary: azurite,
    args: [
      ...['--blobHost', '127.0.0.1', '--blobPort', `${port}`, '--location', ownFolder(`azurite-${port}`)],
      // Without telemetry, which is on by default.
      ...['--skipApiVersionCheck', '--disableTelemetry', '--silent'],
    ],
    environment: { AZURITE_ACCOUNTS: `${account}:${key}` },
  });
  const address = `http://127.0.0.1:${port}/${account}`;
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${address};`;
  const ask = (program: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', program, ...args], {
      encoding: 'utf8',
      env: { ...python, PATH: '/usr/bin:/bin' },
    });
    if (status !== 0) {
      throw new Error(stderr);
    }
    return stdout.trim();
  };
  return {
    connectionString,
    readOnly: (container) =>
      `BlobEndpoint=${address};SharedAccessSignature=${ask(sasProgram, account, container, key)};`,
    remove: (container, folder, ending) =>
      Number(ask(removeProgram, connectionString, container, folder, ending)),
    process,
  };
}

const sasProgram = `
import sys
from datetime import datetime, timedelta, timezone
from azure.storage.blob import generate_container_sas
account, container, key = sys.argv[1:]
expiry = datetime.now(timezone.utc) + timedelta(hours=1)
print(generate_container_sas(account, container, account_key=key, permission="rl", expiry=expiry))
`;

const removeProgram = `
import sys
from azure.storage.blob import ContainerClient
string, container, folder, ending = sys.argv[1:]
client = ContainerClient.from_connection_string(string, container)
names = [blob.name for blob in client.list_blobs(folder + "/") if blob.name.endswith(ending)]
for name in names:
    client.delete_blob(name)
print(len(names))
`;
