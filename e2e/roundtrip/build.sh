#!/bin/sh
# Puts into one folder what a backup and its restore need outside of Kubernetes: Debian's PostgreSQL with pgvector,
# Barman Cloud, and an emulator of Azure Blob Storage. Nothing is installed, and nobody has to be root.
#
#   build.sh FOLDER      FOLDER must not exist
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$1

fail() {
  echo "The backup and restore with real programs cannot run: $1" >&2
  exit 1
}
for program in apt-get dpkg python3 npm gcc make; do
  command -v "$program" > /dev/null || fail "it needs Debian with $program (apt-get install python3-pip gcc make npm)."
done
major=$(ls /usr/lib/postgresql 2> /dev/null | sort -n | tail -1)
[ -n "$major" ] || fail "it needs Debian's PostgreSQL, for its libraries (apt-get install postgresql)."

mkdir -p "$target/apt/lists/partial" "$target/apt/cache/archives/partial" "$target/apt/packages"
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE)' 'Codename: '"$codename" 2> /dev/null | head -1)
# Before the first apt-get update there are no index targets yet; then the machine's own sources say it.
[ -n "$mirror" ] || mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | grep -oE 'https?://[^ ]+/debian/?' | head -1)
[ -n "$mirror" ] || fail "no source of Debian packages stands in /etc/apt/sources.list."
keys=/usr/share/keyrings/debian-archive-keyring.gpg
# pgvector is in no release that has PostgreSQL 15, so that its source is built.
cat > "$target/apt/sources.list" << END
deb [signed-by=$keys] $mirror $codename main
deb-src [signed-by=$keys] $mirror trixie main
END
apt() {
  apt-get --quiet --quiet -o Dir::Etc::sourcelist="$target/apt/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$target/apt/lists" -o Dir::Cache="$target/apt/cache" -o APT::Sandbox::User= "$@"
}
apt update || fail "the package lists of $mirror could not be read."
cd "$target/apt/packages"
apt download "postgresql-$major" "postgresql-client-$major" "postgresql-server-dev-$major"
apt source --download-only pgvector
for package in *.deb; do
  dpkg -x "$package" "$target"
done
mkdir pgvector
tar --extract --strip-components 1 --directory pgvector --file pgvector_*.orig.tar.gz
config=$target/usr/lib/postgresql/$major/bin/pg_config
make --quiet -C pgvector OPTFLAGS= with_llvm=no PG_CONFIG="$config" all > build.log 2>&1 || fail "pgvector does not build: $(tail -5 build.log)"
make --quiet -C pgvector with_llvm=no PG_CONFIG="$config" install > build.log 2>&1 || fail "pgvector does not install: $(tail -5 build.log)"
cd "$target"
rm -rf apt usr/share/doc usr/include
ln -s "usr/lib/postgresql/$major" postgresql

python3 -m pip install --quiet --disable-pip-version-check --no-deps --target barman -r "$here/requirements.txt"
npm install --prefix azurite --silent --no-audit --no-fund --ignore-scripts azurite@3.37.0
chmod -R go+rX "$target"
