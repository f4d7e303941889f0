#!/bin/sh
# One chain of backups a week: the first of a week is a full one, each of the
# others holds what came after the one before. Run it from a timer, as the user
# whom the data folder belongs to.
#
#   backup.sh DATA_FOLDER BACKUP_FOLDER
set -eu
chain="$2/$(date -u +%G-W%V)"
mkdir -p "$chain"
last=$(find "$chain" -name '*.hashiya' | sort | tail -n 1)
hashiya backup --data "$1" --out "$chain/$(date -u +%Y%m%dT%H%M%S).hashiya" ${last:+--since "$last"}
# A chain is worth what its weakest file is worth.
hashiya check "$chain"/*.hashiya >/dev/null
