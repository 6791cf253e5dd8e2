#!/usr/bin/env bash
# Makes this machine ready, installing only what is missing.
#
#   scripts/setup.sh run    what `make demo` and `make run` need
#   scripts/setup.sh dev    and what `make check` and `make test` need besides
#
# System packages come from apt (asked for with sudo when you are not root); Python packages go
# to .venv, each checked against the hash in the lock. A second run does nothing, in an instant.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=${1:-run}
case $purpose in run | dev) ;; *) echo "usage: $0 run|dev" >&2 && exit 2 ;; esac

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf 'setup: %s\n' "$*" >&2 && exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- what is wanted: each line a test, then the Debian packages that make it true (first known wins)

office_is_there() {
  compgen -G '/usr/lib*/libreoffice/program/soffice.bin' >/dev/null ||
    compgen -G '/opt/libreoffice*/program/soffice.bin' >/dev/null
}
writer_is_there() {
  office_is_there && { compgen -G '/usr/lib*/libreoffice/program/libswlo.so' >/dev/null ||
    compgen -G '/opt/libreoffice*/program/libswlo.so' >/dev/null; }
}
uno_is_there() {
  [ -n "${MINUTIER_OFFICE_PYTHON:-}" ] || compgen -G '/opt/libreoffice*/program/python' >/dev/null ||
    /usr/bin/python3 -c 'import uno' 2>/dev/null
}
allocator_is_there() { # not required: LibreOffice converts a sixth faster with it
  compgen -G '/usr/lib/*/libjemalloc.so.2' >/dev/null ||
    compgen -G '/usr/lib/*/libtcmalloc_minimal.so.4' >/dev/null || compgen -G '/usr/lib*/libjemalloc.so.2' >/dev/null
}
font_is_there() { has fc-list && [ -n "$(fc-list "$1" family 2>/dev/null)" ]; }
jaxb_is_there() { [ -e /usr/share/java/jaxb-runtime.jar ]; }
postgres_is_there() { has postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
venv_is_there() { [ -n "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$name" ] && has "$name" &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$name
      return
    fi
  done
  python=
}

missing=()
want() { # want TEST... -- PACKAGE...
  local test=()
  while [ "$1" != -- ]; do test+=("$1") && shift; done
  shift
  "${test[@]}" || missing+=("$*")
}

list_missing() {
  missing=()
  find_python
  [ -n "$python" ] || missing+=("python3")
  venv_is_there || missing+=("python3-venv")
  want writer_is_there -- libreoffice-writer-nogui libreoffice-writer
  want uno_is_there -- python3-uno
  want allocator_is_there -- libjemalloc2
  want has pdftoppm -- poppler-utils
  want has fc-list -- fontconfig
  want font_is_there Carlito -- fonts-crosextra-carlito
  want font_is_there Caladea -- fonts-crosextra-caladea
  want font_is_there 'Liberation Sans' -- fonts-liberation fonts-liberation2
  if [ "$purpose" = dev ]; then
    want has java -- default-jre-headless
    want has chromium -- chromium
    want jaxb_is_there -- libjaxb-java
    want postgres_is_there -- postgresql
  fi
}

# --- system packages

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else
    fail "root is needed to install: ${packages[*]}. Install them, then run this again."
  fi
}

install_missing() {
  if ! has apt-get; then
    fail "this machine is no Debian or Ubuntu. Install what these Debian packages hold, then run
  this again: ${missing[*]}"
  fi
  packages=()
  say "Missing on this machine: ${missing[*]%% *}. Installing with apt-get …"
  as_root apt-get update -q >&2
  local choice name
  for choice in "${missing[@]}"; do
    for name in $choice; do
      if [ -n "$(apt-cache madison "$name" 2>/dev/null)" ]; then
        packages+=("$name")
        continue 2
      fi
    done
    fail "apt knows none of: $choice"
  done
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${packages[@]}" </dev/null >&2
  list_missing
  if [ -z "$python" ]; then
    fail "Python 3.11 or later is needed; python3 here is $(python3 --version 2>&1)"
  fi
  [ ${#missing[@]} -eq 0 ] || fail "still missing after the installation: ${missing[*]}"
}

# --- Python packages

lock=requirements.lock
[ "$purpose" = run ] || lock=requirements-dev.lock

install_python_packages() {
  if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv
  fi
  say "Installing $(grep -c '==' "$lock") locked Python packages into .venv (some 300 MB; a minute or two) …"
  .venv/bin/pip install --disable-pip-version-check --require-hashes -r "$lock" 2>&1 |
    grep --line-buffered -E '^(Downloading|  Downloading|Successfully|ERROR|error)' >&2 || true
  .venv/bin/pip install --disable-pip-version-check --quiet --require-hashes -r "$lock"
  .venv/bin/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation \
    --no-index -e .
}

# --- only what is not done yet

digest=$(cat scripts/setup.sh pyproject.toml "$lock" | sha256sum | cut -c1-16)
stamp=.stamps/$purpose-$digest
if [ -e "$stamp" ] && .venv/bin/minutier --help >/dev/null 2>&1; then
  exit 0
fi
list_missing
[ ${#missing[@]} -eq 0 ] || install_missing
install_python_packages
mkdir -p .stamps
rm -f .stamps/"$purpose"-*
: >"$stamp"
say "This machine is ready."
