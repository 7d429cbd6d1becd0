#!/usr/bin/env bash
# Other people's tools on our files: gunzip, warcio, cdxj-indexer, pywb. They live in an environment of their own, for pywb
# brings a package that takes over `import brotli`.
#
#   tests/interop/run.sh FOLDER [ENVIRONMENT]
#
# FOLDER is a data folder, or a demo folder that holds one. Prints one line per check and ends non-zero on the first that fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
[ -d "$folder/warc" ] || folder=$folder/data
env=${2:-$here/../../.venv-interop}

if [ ! -x "$env/bin/wayback" ]; then
  python3 -m venv "$env"
  "$env/bin/pip" install --quiet pywb==2.10.0 cdxj-indexer==1.5.0 warcio==1.8.1 setuptools
fi

count=0
while IFS= read -r file; do
  gunzip -t "$file"
  "$env/bin/warcio" check "$file"
  "$env/bin/cdxj-indexer" -s "$file" > /dev/null
  count=$((count + 1))
done < <(find "$folder/warc" -name '*.warc.gz' | sort)
[ "$count" -gt 0 ] || { echo "no sealed file below $folder/warc"; exit 1; }
echo "gunzip -t, warcio check, cdxj-indexer: $count sealed files accepted"

exec "$env/bin/python" "$here/replay.py" "$folder" "$env/bin"
