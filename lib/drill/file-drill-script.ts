import { folders, sampleFile } from './scripts.ts';

/** What a drill of files that failed ends with. */
export const fileExitCodes = {
  unset: 30,
  noList: 31,
  unopened: 32,
  hanging: 33,
  outdated: 34,
  changed: 35,
  unreadable: 36,
  missing: 37,
  fewer: 38,
};

/** What a drill of files is told. */
export interface FileDrillOptions {
  /** Name of the Secret, for what is said where it is not there. */
  readonly secret: string;
  /** How old the newest snapshot may be, in days. */
  readonly newestDays: number;
  /** How long restic may take to list the snapshots. */
  readonly listSeconds: number;
  /** How long it may take to read one file, of at most 1Gi. */
  readonly fileSeconds: number;
}

/**
 * Reads each file of the list out of the newest snapshot, and compares it with its checksum. Needs restic, and its
 * environment variables.
 *
 * What is not in the newest snapshot was deleted or moved since the list was made, if the last snapshot before the list has
 * it; else it was never saved. Restic is given nothing to read, lest it ask a person, and takes no lock, which its keys
 * could not write.
 */
export function fileDrillScript({ secret, newestDays, listSeconds, fileSeconds }: FileDrillOptions): string {
  const codes = fileExitCodes;
  return `export TZ=UTC
verdict() {
  echo "$2"
  echo "$2" > /dev/termination-log
  exit "$1"
}
ask() {
  limit=$1
  shift
  timeout -k 10 "$limit" restic --no-lock "$@" < /dev/null 2> /tmp/said
}
# Ends where restic was ended: by what timeout says, or restic itself.
late() {
  case "$1" in
    124 | 130 | 137 | 143)
      cat /tmp/said
      verdict ${codes.hanging} "The store did not answer in time: restic was ended after $2 seconds."
      ;;
  esac
}
# Reads a file of a snapshot: its SHA-1, and how restic ended.
dump() {
  sum=$({ ask ${fileSeconds} dump "$1" "/$2"; echo $? > /tmp/code; } | sha1sum | cut -c 1-40)
  code=$(cat /tmp/code)
  late "$code" ${fileSeconds}
}
[ -n "$RESTIC_REPOSITORY" ] && [ -n "$RESTIC_PASSWORD" ] || verdict ${codes.unset} "The Secret ${secret} is not there, or has no RESTIC_REPOSITORY or no RESTIC_PASSWORD."
set -u
[ -s ${sampleFile} ] || verdict ${codes.noList} "There is no list of files to compare: a restore drill that restores everything leaves it. Run one."
read -r written own settled count < ${sampleFile}
found=$((($(wc -l < ${sampleFile}) - 1) / 2))
[ "$own" != 0 ] || verdict 0 "There is nothing to compare: the restored database has no photo of its own."
[ "$settled" != 0 ] || verdict 0 "There is nothing to compare yet: none of the $own photos is older than two days."
[ "$count" != 0 ] || verdict ${codes.noList} "The list of files is empty, although the restored database has $settled photos that are old enough: none has both a checksum of its content and at most 1Gi."
[ "$count" = "$found" ] || verdict ${codes.noList} "The list of files is not whole: it has $found files instead of $count. Run a restore drill."
ask ${listSeconds} snapshots > /tmp/snapshots
code=$?
late "$code" ${listSeconds}
cat /tmp/said
if [ "$code" != 0 ]; then
  grep -q 'wrong password' /tmp/said && verdict ${codes.unopened} "The repository could not be opened: RESTIC_PASSWORD is not its password."
  verdict ${codes.unopened} "The repository could not be opened; what restic says stands in the log."
fi
newest= reached= earlier= passed=
while read -r id day time rest; do
  case "$day $time" in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' '[0-9][0-9]:[0-9][0-9]:[0-9][0-9]) ;;
    *) continue ;;
  esac
  seconds=$(date -u -d "$day $time" +%s) || continue
  if [ -z "$newest" ] || [ "$seconds" -ge "$reached" ]; then newest=$id reached=$seconds; fi
  [ "$seconds" -le "$written" ] || continue
  if [ -z "$earlier" ] || [ "$seconds" -ge "$passed" ]; then earlier=$id passed=$seconds; fi
done < /tmp/snapshots
[ -n "$newest" ] || verdict ${codes.outdated} "The repository has no snapshot: nothing was backed up to it."
moment=$(date -u -d "@$reached" +%Y-%m-%dT%H:%M:%SZ)
[ "$(($(date +%s) - reached))" -le ${newestDays * 86_400} ] || verdict ${codes.outdated} "The newest snapshot is of $moment, which is more than ${newestDays} days ago: the library is not backed up."
right=0 changed=0 unreadable=0 missing=0 gone=0 young=0
changed_such= unreadable_such= missing_such=
{
  read -r head
  while read -r reason created checksum asset && IFS= read -r path; do
    file="$path (asset $asset)"
    # A storage template may have moved it on the day it came.
    if [ "$created" -gt $((reached - 86400)) ]; then
      young=$((young + 1))
      continue
    fi
    dump "$newest" "$path"
    if [ "$code" = 0 ] && [ "$sum" = "$checksum" ]; then
      right=$((right + 1))
      said='as it should be'
    elif [ "$code" = 0 ]; then
      changed=$((changed + 1))
      [ -n "$changed_such" ] || changed_such=$file
      said='has other bytes'
    elif ! grep -q 'not found in snapshot' /tmp/said; then
      cat /tmp/said
      unreadable=$((unreadable + 1))
      [ -n "$unreadable_such" ] || unreadable_such=$file
      said='cannot be read'
    else
      [ -z "$earlier" ] || [ "$earlier" = "$newest" ] || dump "$earlier" "$path"
      if [ "$code" = 0 ] && [ "$sum" = "$checksum" ]; then
        gone=$((gone + 1))
        said='deleted or moved since'
      else
        missing=$((missing + 1))
        [ -n "$missing_such" ] || missing_such=$file
        said='not there'
      fi
    fi
    printf '%s\\n' "$reason: $said: $file"
  done
} < ${sampleFile}
of="of $count files in the snapshot of $moment"
[ "$changed" = 0 ] || verdict ${codes.changed} "$changed $of have other bytes than Immich was given, such as $changed_such."
[ "$unreadable" = 0 ] || verdict ${codes.unreadable} "$unreadable $of cannot be read, such as $unreadable_such: the repository is damaged."
[ "$missing" = 0 ] || verdict ${codes.missing} "$missing $of are not there, such as $missing_such: no backup has them."
[ "$gone" -le "$right" ] || verdict ${codes.fewer} "$gone $of are gone, and only $right are there: most of the library was deleted or moved since the list was made."
notes=
[ "$gone" = 0 ] || notes=" $gone were deleted or moved since the list was made."
[ "$young" = 0 ] || notes="$notes $young are younger than the snapshot."
verdict 0 "The files are good: $right $of are what Immich was given.$notes"
`;
}

/** Where the script stands in its container. */
export const fileDrillFile = 'compare.sh';
export const fileDrillCommand = ['/bin/sh', `${folders.scripts}/${fileDrillFile}`];
