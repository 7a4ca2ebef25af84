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

/** The file that a drill leaves for the drill of files: what to compare. Its first line says of when it is, and of how many. */
export const sampleFile = `${folders.history}/files`;

const resource = 'clusters.postgresql.cnpg.io';

/** What the restore is told. */
export interface RestoreOptions {
  /** Name of the throw-away database. */
  readonly database: string;
  readonly waitSeconds: number;
  /** The folder that is restored: what the history says of another one is passed over. */
  readonly folder: string;
  /** How far back the backups reach. What the history says of another reach proves nothing of this one. */
  readonly retentionDays: number;
  /** Whether a drill of files waits for what this one finds. */
  readonly hasFileDrill: boolean;
}

/**
 * Creates the throw-away database, which belongs to the Job, and waits for it. Needs kubectl.
 *
 * Every second time it comes back to a random moment of those that earlier drills have shown to be there: PostgreSQL
 * promotes without a word where a file of the log is missing, unless it has a moment to reach.
 */
export function restoreScript({
  database,
  waitSeconds,
  folder,
  retentionDays,
  hasFileDrill,
}: RestoreOptions): string {
  // A drill of files has nothing to go by until a drill has restored everything.
  const hasSample = hasFileDrill ? `[ -s ${sampleFile} ] && ` : '';
  return `set -u
fail() {
  echo "$2"
  echo "$1" > ${folders.shared}/code
  echo "$2" > ${folders.shared}/message
  exit 0
}
remove() {
  kubectl delete ${resource} ${database} --wait=false
  exit 143
}
owner() {
  kubectl get ${resource} ${database} --output 'jsonpath={.metadata.ownerReferences[0].uid}' 2>/dev/null
}
rm -f ${folders.shared}/*
date +%s > ${folders.shared}/started
sed -e "s/JOB_NAME/$JOB_NAME/" -e "s/JOB_UID/$JOB_UID/" ${folders.scripts}/cluster.yaml > /tmp/cluster.yaml
moment= to=
if ${hasSample}[ "$(cat ${folders.history}/next 2>/dev/null)" = moment ] && read -r folder days system since newest < ${folders.history}/life && [ "$folder $days" = "${folder} ${retentionDays}" ]; then
  from=$(($(date +%s) - ${(retentionDays - 1) * 86_400}))
  [ "$from" -lt "$since" ] && from=$since
  if [ $((newest - from)) -ge 3600 ]; then
    random=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
    moment=$(date -u -d "@$((from + random % (newest - from)))" +%Y-%m-%dT%H:%M:%SZ)
  fi
fi
# Whatever becomes of this one, the next drill restores everything.
echo newest > ${folders.history}/next
if [ -n "$moment" ]; then
  to=" to $moment"
  echo "To the random moment $moment."
  echo "$moment" > ${folders.shared}/moment
  sed -i "s/TARGET_TIME/$moment/" /tmp/cluster.yaml
else
  sed -i -e '/recoveryTarget:/d' -e '/TARGET_TIME/d' /tmp/cluster.yaml
fi
# A pod of this Job that was moved to another node may have left one.
tries=0
while [ "$(owner)" = "$JOB_UID" ] && [ "$tries" -lt 60 ]; do
  kubectl delete ${resource} ${database} --wait=false
  tries=$((tries + 1))
  sleep 5
done
kubectl create --filename /tmp/cluster.yaml || fail ${exitCodes.notCreated} "The throw-away database could not be created; the reason stands above."
trap remove TERM
touch ${folders.shared}/created
end=$(($(date +%s) + ${waitSeconds}))
while [ "$(date +%s)" -lt "$end" ]; do
  ready=$(kubectl get ${resource} ${database} --output "jsonpath={.status.conditions[?(@.type=='Ready')].status}")
  phase=$(kubectl get ${resource} ${database} --output "jsonpath={.status.phase}")
  if [ "$ready" = True ]; then
    date +%s > ${folders.shared}/restored
    exit 0
  fi
  case "$phase" in
    *unrecoverable*) fail ${exitCodes.unrecoverable} "The backup cannot be restored$to: $phase." ;;
  esac
  # In the background, so that a signal does not wait for it.
  sleep 10 &
  wait $!
done
[ -n "$phase" ] || fail ${exitCodes.notCreated} "The operator did nothing about the throw-away database in ${waitSeconds} seconds: it is away, or does not look at this namespace."
fail ${exitCodes.notRestored} "The restore$to did not end in ${waitSeconds} seconds: $phase."
`;
}

/** What the look is told. */
export interface LookOptions extends Omit<RestoreOptions, 'database'> {
  /** The checks that are asked after a restore to some moment. */
  readonly momentChecks: readonly string[];
}

/**
 * Asks the restored database every question. Needs psql, and its environment variables.
 *
 * Where rows are all that is wrong, they are counted anew: what was deleted on purpose fails one drill, not every one.
 */
export function lookScript({
  folder,
  retentionDays,
  waitSeconds,
  momentChecks,
  hasFileDrill,
}: LookOptions): string {
  const sample = hasFileDrill
    ? `files=$(ask ${folders.scripts}/files.sql) || verdict ${exitCodes.unchecked} "$files"
printf '%s\\n' "$files" > ${sampleFile}.new && mv ${sampleFile}.new ${sampleFile} || verdict ${exitCodes.unchecked} "The list of files could not be kept."
`
    : '';
  return `set -u
[ -f ${folders.shared}/code ] && exit 0
verdict() {
  echo "$2"
  echo "$2" > ${folders.shared}/message
  echo "$1" > ${folders.shared}/code
  exit 0
}
ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --set "previous=$previous" --set "system=$system" --set "moment=$moment" --file "$1" 2>&1
}
keep() {
  echo "$2" > ${folders.history}/"$1".new && mv ${folders.history}/"$1".new ${folders.history}/"$1" || verdict ${exitCodes.unchecked} "The history could not be kept."
}
previous=$(cat ${countsFile} 2>/dev/null || echo '{}')
moment=$(cat ${folders.shared}/moment 2>/dev/null || echo now)
known= days= system= since= newest=
[ -f ${folders.history}/life ] && read -r known days system since newest < ${folders.history}/life
# A folder of another life has other databases; another retention of the same folder has not.
[ "$known" = "${folder}" ] || system=
[ "$known $days" = "${folder} ${retentionDays}" ] || since=
tries=0
until psql --no-psqlrc --quiet --command 'select 1' > /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -ge 12 ] && verdict ${exitCodes.unreachable} "The restored database does not answer."
  sleep 5
done
code=0 message= failures=0
for check in ${folders.scripts}/[0-9]*.sql; do
  name=$(basename "$check" .sql)
  if [ "$moment" != now ]; then
    case " ${momentChecks.join(' ')} " in
      *" $name "*) ;;
      *) continue ;;
    esac
  fi
  if found=$(ask "$check") && [ -z "$found" ]; then
    echo "$name: as it should be"
    continue
  fi
  echo "$name: $found"
  failures=$((failures + 1))
  if [ "$code" = 0 ]; then
    code=$(echo "$name" | cut -d - -f 1)
    message="$name: $found"
  fi
done
if [ "$moment" = now ] && [ "$code $failures" = "24 1" ] && counts=$(ask ${folders.scripts}/counts.sql); then
  keep counts.json "$counts"
  message="$message. The next drill compares with what is there now."
fi
[ "$code" = 0 ] || verdict "$code" "$message"
seconds=$(($(cat ${folders.shared}/restored) - $(cat ${folders.shared}/started)))
if [ "$moment" != now ]; then
  verdict 0 "The backup is good. Restoring to the random moment $moment took $seconds seconds (RTO), and no file of the log was missing on the way."
fi
counts=$(ask ${folders.scripts}/counts.sql) || verdict ${exitCodes.unchecked} "$counts"
reached=$(ask ${folders.scripts}/newest.sql) || verdict ${exitCodes.unchecked} "$reached"
now=$(ask ${folders.scripts}/life.sql) || verdict ${exitCodes.unchecked} "$now"
notes=$(ask ${folders.scripts}/notes.sql) || verdict ${exitCodes.unchecked} "$notes"
keep counts.json "$counts"
${sample}[ -n "$since" ] || since=$(date +%s)
set -- $now
keep life "${folder} ${retentionDays} $1 $since $2"
keep next moment
if [ "$seconds" -gt ${Math.floor(waitSeconds / 2)} ]; then
  [ -z "$notes" ] || notes="$notes; "
  notes="$notes"'the restore took more than half of the time that a drill has, so raise deadline'
fi
[ -z "$notes" ] || notes=" Note: $notes."
verdict 0 "The backup is good. Restoring took $seconds seconds (RTO), and came back to $reached (RPO: what is newer is lost).$notes"
`;
}

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
