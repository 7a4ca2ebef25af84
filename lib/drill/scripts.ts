/**
 * The shell of the drill, in three containers that run one after the other. What one knows it leaves to the next in
 * /drill. The verdict is the exit code of the last one, so that the throw-away database is deleted before it.
 */

export const folders = { scripts: '/etc/drill', shared: '/drill', history: '/history' } as const;

/** The file of a successful drill that the next one compares its counts with. */
const countsFile = `${folders.history}/counts.json`;

/** What a drill that failed before the checks ends with. */
export const exitCodes = {
  notCreated: 10,
  notRestored: 11,
  unrecoverable: 12,
  unreachable: 13,
  unchecked: 14,
};

const resource = 'clusters.postgresql.cnpg.io';

/** Creates the throw-away database, which belongs to the Job, and waits for it. Needs kubectl. */
export function restoreScript(name: string, waitSeconds: number): string {
  return `set -u
fail() {
  echo "$2"
  echo "$1" > ${folders.shared}/code
  echo "$2" > ${folders.shared}/message
  exit 0
}
remove() {
  kubectl delete ${resource} ${name} --wait=false
  exit 143
}
date +%s > ${folders.shared}/started
sed -e "s/JOB_NAME/$JOB_NAME/" -e "s/JOB_UID/$JOB_UID/" ${folders.scripts}/cluster.yaml > /tmp/cluster.yaml
kubectl create --filename /tmp/cluster.yaml || fail ${exitCodes.notCreated} "The throw-away database could not be created; the reason stands above."
trap remove TERM
touch ${folders.shared}/created
end=$(($(date +%s) + ${waitSeconds}))
while [ "$(date +%s)" -lt "$end" ]; do
  ready=$(kubectl get ${resource} ${name} --output "jsonpath={.status.conditions[?(@.type=='Ready')].status}")
  phase=$(kubectl get ${resource} ${name} --output "jsonpath={.status.phase}")
  if [ "$ready" = True ]; then
    date +%s > ${folders.shared}/restored
    exit 0
  fi
  case "$phase" in
    *unrecoverable*) fail ${exitCodes.unrecoverable} "The backup cannot be restored: $phase." ;;
  esac
  # In the background, so that a signal does not wait for it.
  sleep 10 &
  wait $!
done
fail ${exitCodes.notRestored} "The restore did not end in ${waitSeconds} seconds: $phase."
`;
}

/** Asks the restored database every question. Needs psql, and its environment variables. */
export const lookScript = `set -u
[ -f ${folders.shared}/code ] && exit 0
verdict() {
  echo "$2"
  echo "$2" > ${folders.shared}/message
  echo "$1" > ${folders.shared}/code
  exit 0
}
ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --set "previous=$previous" --file "$1" 2>&1
}
previous=$(cat ${countsFile} 2>/dev/null || echo '{}')
tries=0
until psql --no-psqlrc --quiet --command 'select 1' > /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -ge 12 ] && verdict ${exitCodes.unreachable} "The restored database does not answer."
  sleep 5
done
code=0
message=
for check in ${folders.scripts}/[0-9]*.sql; do
  name=$(basename "$check" .sql)
  if found=$(ask "$check") && [ -z "$found" ]; then
    echo "$name: as it should be"
    continue
  fi
  echo "$name: $found"
  if [ "$code" = 0 ]; then
    code=$(echo "$name" | cut -d - -f 1)
    message="$name: $found"
  fi
done
[ "$code" = 0 ] || verdict "$code" "$message"
counts=$(ask ${folders.scripts}/counts.sql) || verdict ${exitCodes.unchecked} "$counts"
newest=$(ask ${folders.scripts}/newest.sql) || verdict ${exitCodes.unchecked} "$newest"
echo "$counts" > ${countsFile}.new && mv ${countsFile}.new ${countsFile} || verdict ${exitCodes.unchecked} "The counts could not be kept."
seconds=$(($(cat ${folders.shared}/restored) - $(cat ${folders.shared}/started)))
verdict 0 "The backup is good. Restoring took $seconds seconds (RTO), and came back to $newest (RPO: what is newer is lost)."
`;

/** Deletes the throw-away database and says how it went. Needs kubectl. */
export function reportScript(name: string): string {
  return `set -u
[ -f ${folders.shared}/created ] && kubectl delete ${resource} ${name} --wait=false
code=$(cat ${folders.shared}/code 2>/dev/null || echo ${exitCodes.unchecked})
message=$(cat ${folders.shared}/message 2>/dev/null || echo "The checks did not run to their end.")
echo "$message"
echo "$message" > /dev/termination-log
exit "$code"
`;
}
