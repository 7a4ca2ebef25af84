import { clusterLabel } from '../cnpg/names.ts';
import { exitCodes, folders, restoreScript } from '../drill/scripts.ts';
import { endings, isOther, verdictLine } from '../values/rehearsal.ts';
import { instanceOf, serverOf, upgradeJobOf, valkeyOf } from './names.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';

/**
 * The shell of a rehearsal, in containers that run one after the other. What one knows it leaves to the next in /drill,
 * as in the drill; from the first failure on the others do nothing, and the last one says the verdict.
 */

/** What a rehearsal that failed between its checks ends with. */
const codes = { upgrade: 30, extensions: 31, indexes: 32, server: 40 } as const;

/** pg_upgrade links files, so that it takes minutes for any size; the image may have to be pulled. */
const upgradeSeconds = 3600;
/** Two starts of a server, each of which migrates for half an hour at most. */
const serverSeconds = 3900;
const extensionSeconds = 600;
/** Building vector indexes anew, and all the questions. */
const questionSeconds = 7200;

const clusters = 'clusters.postgresql.cnpg.io';
const databases = 'databases.postgresql.cnpg.io';

/** The limit of a whole rehearsal, in seconds. */
export function deadlineOf({ copy }: RehearsalPlan): number {
  return copy.drill.deadline.seconds + upgradeSeconds + serverSeconds + questionSeconds;
}

/** Restores the copy as the drill does. Needs kubectl. */
export function copyScript(plan: RehearsalPlan): string {
  const { database, folder, retentionDays, drill } = plan.copy;
  const restore = restoreScript({
    database,
    folder,
    retentionDays,
    hasFileDrill: false,
    waitSeconds: drill.deadline.seconds - 900,
  });
  // There is one rehearsal at a time, so that whatever is there by these names was left: by a Job that was deleted just
  // now, or by a pod of this Job on a node that is drained.
  return `${isOther(plan.change.server) ? `kubectl scale ${serversOf(plan)} --replicas=0\n` : ''}kubectl delete ${clusters} ${database} --ignore-not-found --wait=false
left=0
while [ -n "$(kubectl get pods,persistentvolumeclaims --selector ${clusterLabel}=${database} --output name)" ] && [ "$left" -lt 60 ]; do
  left=$((left + 1))
  sleep 5
done
${restore}`;
}

/** Counts the rows of the copy as it was backed up. Needs psql. */
export function countScript(): string {
  return `${start}${psql}${waiting}
found=$(ask ${folders.scripts}/content.sql) || fail ${exitCodes.unchecked} "$found"
[ -z "$found" ] || fail 22 "$found"
counts=$(ask ${folders.scripts}/counts.sql) || fail ${exitCodes.unchecked} "$counts"
echo "$counts" > ${folders.shared}/counts
echo "before: $counts"
`;
}

/**
 * Gives the copy the next image, waits until its instance runs it, and has the extensions updated by a Database object,
 * as the installation has one. Needs kubectl.
 */
export function upgradeScript({ change, copy }: RehearsalPlan): string {
  const { database, namespace } = copy;
  const pod = instanceOf(database);
  const job = upgradeJobOf(database);
  return `${start}${ending(database)}
began=$(date +%s)
kubectl patch ${clusters} ${database} --type json --patch-file ${folders.scripts}/upgrade.json || fail ${codes.upgrade} "The copy does not take the image ${change.database.after}; the reason stands above, in the container upgrade."
end=$((began + ${upgradeSeconds}))
while :; do
  image=$(kubectl get pods ${pod} --output "jsonpath={.spec.containers[?(@.name=='postgres')].image}" 2>/dev/null)
  ready=$(kubectl get ${clusters} ${database} --output "jsonpath={.status.conditions[?(@.type=='Ready')].status}")
  [ "$image $ready" = "${change.database.after} True" ] && break
  failed=$(kubectl get jobs.batch ${job} --output 'jsonpath={.status.failed}' 2>/dev/null)
  if [ "\${failed:-0}" -gt 0 ]; then
    kubectl logs jobs/${job} --tail 60
    fail ${codes.upgrade} "pg_upgrade failed: its log stands in the container upgrade."
  fi
  phase=$(kubectl get ${clusters} ${database} --output "jsonpath={.status.phase}")
  [ "$(date +%s)" -lt "$end" ] || fail ${codes.upgrade} "The copy did not run ${change.database.after} after ${upgradeSeconds} seconds: $phase. See kubectl --namespace ${namespace} describe pod ${pod}."
  ${pause}
done
kubectl delete ${databases} ${database} --ignore-not-found --timeout 60s
sed -e "s/JOB_NAME/$JOB_NAME/" -e "s/JOB_UID/$JOB_UID/" ${folders.scripts}/database.yaml > /tmp/database.yaml
kubectl create --filename /tmp/database.yaml || fail ${codes.extensions} "The Database object could not be created; the reason stands above, in the container upgrade."
end=$(($(date +%s) + ${extensionSeconds}))
until [ "$(kubectl get ${databases} ${database} --output 'jsonpath={.status.applied}')" = true ]; do
  reason=$(kubectl get ${databases} ${database} --output 'jsonpath={.status.message}')
  [ "$(date +%s)" -lt "$end" ] || fail ${codes.extensions} "The extensions were not updated in ${extensionSeconds} seconds: $reason."
  ${pause}
done
echo "upgraded in $(($(date +%s) - began)) s" > ${folders.shared}/upgraded
cat ${folders.shared}/upgraded
`;
}

/** Builds vector indexes anew where the next VectorChord cannot read them, then asks and counts. Needs psql. */
export function lookAtUpgradeScript(plan: RehearsalPlan): string {
  return `${start}${psql}${waiting}
/bin/sh ${folders.scripts}/vector-indexes.sh || fail ${codes.indexes} "A vector index could not be read and not be built anew: see the log of the container look-at-upgrade."
${questions('upgraded')}
${isOther(plan.change.server) ? '' : passed}`;
}

/** Starts the next server and its Valkey on the copy, and waits until it answers. Needs kubectl. */
export function serveScript(plan: RehearsalPlan): string {
  const { copy, change } = plan;
  const server = serverOf(copy.name);
  return `${start}${ending(copy.database, plan)}
began=$(date +%s)
end=$((began + ${serverSeconds}))
kubectl scale ${serversOf(plan)} --replicas=1 || fail ${codes.server} "The next server could not be started; the reason stands above, in the container serve."
until [ "$(kubectl get deployments.apps ${server} --output 'jsonpath={.status.readyReplicas}')" = 1 ]; do
  if [ "$(date +%s)" -ge "$end" ]; then
    kubectl logs deployments/${server} --tail 60
    fail ${codes.server} "The server ${change.server.after} did not answer on the copy in ${serverSeconds} seconds: the end of its log stands in the container serve."
  fi
  ${pause}
done
echo "migrated in $(($(date +%s) - began)) s" > ${folders.shared}/migrated
cat ${folders.shared}/migrated
# What is counted next shall stand still.
kubectl scale ${serversOf(plan)} --replicas=0
`;
}

/** Asks the copy that the next server has migrated. Needs psql. */
export function lookAtMigrationScript(): string {
  return `${start}${psql}${waiting}
${questions('migrated')}
${passed}`;
}

/** Takes the copy and the server away, and says the verdict. Needs kubectl. */
export function verdictScript(plan: RehearsalPlan): string {
  const { copy, change } = plan;
  return `set -u
[ -f ${folders.shared}/created ] && kubectl delete ${clusters} ${copy.database} --wait=false
${isOther(change.server) ? `kubectl scale ${serversOf(plan)} --replicas=0\n` : ''}code=$(cat ${folders.shared}/code 2>/dev/null || echo ${exitCodes.unchecked})
message=$(cat ${folders.shared}/message 2>/dev/null || echo "The rehearsal did not run to its end.")
message=$(echo "$message" | tr '\\n' ' ' | cut -c 1-1500)
now=$(date +%s)
seconds=$((now - $(cat ${folders.shared}/started 2>/dev/null || echo "$now")))
how='${endings.failed}'
[ "$code" = 0 ] && how='${endings.passed}'
line="${verdictLine(change)}"
echo "$line"
echo "$line" > /dev/termination-log
exit "$code"
`;
}

/** Every step but the first begins so. */
const start = `set -u
[ -f ${folders.shared}/code ] && exit 0
fail() {
  echo "$2"
  echo "$2" > ${folders.shared}/message
  echo "$1" > ${folders.shared}/code
  exit 0
}
`;

const psql = `previous=$(cat ${folders.shared}/counts 2>/dev/null || echo '{}')
ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --set "previous=$previous" --set system= --set moment=now --file "$1" 2>&1
}
`;

const waiting = `tries=0
until psql --no-psqlrc --quiet --command 'select 1' > /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -ge 24 ] && fail ${exitCodes.unreachable} "The copy does not answer."
  sleep 5
done`;

/** In the background, so that a signal does not wait for it. */
const pause = `sleep 10 &
  wait $!`;

/** Asks every question of a stage; each answers with nothing, or with what is wrong. */
function questions(stage: 'upgraded' | 'migrated'): string {
  return `for check in ${folders.scripts}/${stage}-*.sql; do
  name=$(basename "$check" .sql)
  found=$(ask "$check") && [ -z "$found" ] || fail "$(echo "$name" | cut -d - -f 2)" "$name: $found"
  echo "$name: as it should be"
done`;
}

const passed = `seconds=$(($(cat ${folders.shared}/restored) - $(cat ${folders.shared}/started)))
message="restored in $seconds s"
[ -f ${folders.shared}/upgraded ] && message="$message, $(cat ${folders.shared}/upgraded) with the same rows"
[ -f ${folders.shared}/migrated ] && message="$message, $(cat ${folders.shared}/migrated)"
echo "$message; searches by vectors find something" > ${folders.shared}/message
echo 0 > ${folders.shared}/code
`;

/** What a step with kubectl does when it is stopped. */
function ending(database: string, plan?: RehearsalPlan): string {
  const servers = plan === undefined ? '' : `  kubectl scale ${serversOf(plan)} --replicas=0\n`;
  return `remove() {
${servers}  kubectl delete ${clusters} ${database} --wait=false
  exit 143
}
trap remove TERM`;
}

function serversOf({ copy }: RehearsalPlan): string {
  return `deployments.apps ${valkeyOf(copy.name)} ${serverOf(copy.name)}`;
}
