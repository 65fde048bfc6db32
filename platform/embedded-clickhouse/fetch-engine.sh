#!/bin/sh
# Fetches the ClickHouse engine library named in package.json, unless that version is here already.
set -eu
cd "$(dirname "$0")"

wanted=$(sed -n 's/.*"@chdb\/lib-linux-x64-gnu": "\(.*\)".*/\1/p' package.json)
for library in node_modules/@chdb/lib-*/libchdb.so; do
  if [ -f "$library" ] && grep -q "\"version\": \"$wanted\"" "$(dirname "$library")/package.json"; then
    exit 0
  fi
done

if ! command -v npm >/dev/null 2>&1; then
  echo "npm is needed once to fetch the ClickHouse engine ($wanted): install Node.js 20 or newer." >&2
  exit 1
fi
npm ci --no-audit --no-fund --loglevel=error
