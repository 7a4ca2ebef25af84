import { supportOf } from '../../../immich/versions.ts';
import { type Field, isList, isUnknown } from '../../../manifests/field.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { runsWorker } from '../../../manifests/views/immich-workers.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const probeProvesNothing: Rule = {
  id: 'probe-proves-nothing',
  severity: 'warning',
  whose: 'ours',
  meaning: 'A probe of Immich succeeds whether or not Immich answers.',
  why: 'Kubernetes restarts a container, or keeps requests from it, by what its probes say. One that always succeeds leaves a hanging Immich in service, and people see errors while everything is reported to be well.',
  url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  examples: {
    good: documents(server('readinessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }')),
    broken: {
      'httpGet: { path: /api/server/ping, port: 2283': 'exec: { command: ["true"]',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const answers = found.part === 'machine-learning' || runsWorker(inventory, found, 'api') === true;
      const fix = answers ? `Write httpGet with path ${paths[found.part]}.` : 'Remove the probe.';
      for (const { type, field } of found.container.probes) {
        const command = field.at('exec', 'command');
        if (alwaysSucceeds(command)) {
          report(command, {
            message:
              'The command succeeds even when Immich hangs; Kubernetes neither restarts it nor keeps requests from it.',
            fix,
          });
        }
        if (found.part === 'server' && answers) {
          const path = field.at('httpGet', 'path');
          const asked = path.text ?? '/';
          if (
            field.at('httpGet').exists &&
            isOfWebApp(asked) &&
            isApiPort(found, field.at('httpGet', 'port'))
          ) {
            report(path.exists ? path : field.at('httpGet'), {
              message: `At ${asked} Immich answers with its web page from disk, whatever the path; that says nothing about its API.`,
              fix,
              // Where / is asked for that is what was meant; another path was once that of a health check.
              ...(asked === '/' ? { severity: 'info' } : {}),
            });
          }
          const socket = field.at('tcpSocket');
          // In maintenance mode some versions answer nothing, and their page for it would be cut off.
          const asks = found.version === undefined || supportOf(found.version).answersInMaintenance;
          if (asks && type === 'readinessProbe' && socket.exists && isApiPort(found, socket.at('port'))) {
            report(socket, {
              message: 'An open port is all that is asked for; an Immich that hangs still gets requests.',
              fix,
              severity: 'info',
            });
          }
        }
      }
    }
  },
};

const paths = { server: '/api/server/ping', 'machine-learning': '/ping' } as const;

/** Commands that end well whatever the container does, alone or given to a shell. */
const empty = /^\s*(\S*\/)?(true|:|exit 0|(sleep|echo)(\s+[\w.-]+)*)\s*$/;

function alwaysSucceeds(command: Field): boolean {
  const words = command.texts;
  if (words.length === 0 || !isList(command.value) || words.length < command.value.length) {
    return false;
  }
  const [shell = '', option, script] = words;
  return /^(\S*\/)?(ba|da|a)?sh$/.test(shell) && option !== undefined && /^-[eu]*c$/.test(option)
    ? script !== undefined && empty.test(script)
    : empty.test(words.join(' '));
}

/** Whether this is where Immich listens; a port by another number is that of metrics, or of something else. */
function isApiPort({ container }: ImmichContainerView, port: Field): boolean {
  const number =
    port.number ?? container.ports.find(({ name }) => name !== undefined && name === port.text)?.number;
  return number === undefined ? port.text !== undefined && apiPortNames.has(port.text) : apiPorts.has(number);
}

/**
 * Whether a path is answered by the web app, which takes all but a few:
 * https://github.com/immich-app/immich/blob/main/server/src/services/api.service.ts
 */
function isOfWebApp(path: string): boolean {
  return !isUnknown(path) && !/^\/?(api|\.well-known\/immich|custom\.css|favicon\.ico)(?![^/?])/.test(path);
}

const apiPorts = new Set([2283, 3001]);
const apiPortNames = new Set(['http', 'server', 'api', 'web']);
