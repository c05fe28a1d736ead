#!/bin/sh
# Installs zhenggai from this folder; needs Python with venv, and no network.
#     ./install.sh [FOLDER]      FOLDER defaults to /opt/zhenggai
set -eu
cd "$(dirname "$0")"
target=${1:-/opt/zhenggai}
python=${PYTHON:-python3}

stop() { echo "install.sh: $1" >&2; exit "$2"; }

command -v "$python" >/dev/null || stop "Python is missing; name it with PYTHON=/path/to/python3" 3
here=$("$python" -c 'import sys, sysconfig
print("%d.%d %s" % (*sys.version_info[:2], sysconfig.get_platform()))')
[ "$here" = "$(cat PLATFORM)" ] || stop "this archive is for Python $(cat PLATFORM), here is $here" 3

sha256sum --check --strict --quiet SHA256SUMS >&2 || stop "a file differs from SHA256SUMS; nothing was installed" 2
"$python" - <<'CHECK' || stop "a file differs from SM3SUMS; nothing was installed" 2
import hashlib, pathlib, sys
lines = [line.split("  ", 1) for line in pathlib.Path("SM3SUMS").read_text().splitlines()]
here = {str(path) for path in pathlib.Path("wheels").iterdir()}
# A wheel that nobody listed may be newer in pip's eyes than the one that was.
for name in sorted(here - {name for _, name in lines}):
    sys.exit(f"{name}: not in the list")
try:
    hashlib.new("sm3")
except ValueError:
    sys.exit(print("install.sh: this Python has no SM3; only SHA-256 was checked", file=sys.stderr))
for digest, name in lines:
    if hashlib.new("sm3", pathlib.Path(name).read_bytes()).hexdigest() != digest:
        sys.exit(f"{name}: another sum")
CHECK

"$python" -m venv "$target" || stop "no virtual environment could be made in $target" 3
"$target/bin/python" -m pip --disable-pip-version-check --quiet install \
    --no-index --find-links wheels --require-hashes --requirement requirements.txt ||
    stop "pip could not install the wheels" 3
"$target/bin/zhenggai" --version
