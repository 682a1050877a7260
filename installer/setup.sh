#!/usr/bin/env bash
# Makes a machine ready: system packages, .venv, the locked packages, CivicDesk itself.
# Usage: installer/setup.sh run|test. Safe to repeat and to interrupt. With CAMERA=1, and for the tests, a camera can
# be the reader: Qt's part for pictures comes along (170 MB), from requirements-camera.lock.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."
purpose=${1:?usage: installer/setup.sh run or installer/setup.sh test}
camera=${CAMERA:-}
if [ "$purpose" = test ]; then camera=1; fi

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# --- Python -----------------------------------------------------------------

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if fits "$candidate"; then command -v "$candidate"; return; fi
  done
  stop "CivicDesk needs Python 3.11, 3.12 or 3.13; this machine has $(python3 --version 2>&1 || true)." \
    "Install one of them, or name it: make PYTHON=/path/to/python3.12"
}

# Debian keeps what makes a virtual environment in a package of its own.
venv_package() {
  "$1" -c 'import ensurepip' 2>/dev/null || "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# --- System packages --------------------------------------------------------

wanted_packages() {
  cat installer/packages-run.txt
  if [ "$purpose" = test ]; then cat installer/packages-test.txt; fi
  if [ "$camera" ]; then cat installer/packages-camera.txt; fi
  venv_package "$python"
}

# "Provides" counts: newer Debian releases renamed some libraries.
installed_packages() {
  dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | tr ',' '\n' | sed 's/(.*//; s/ //g' | sort -u
}

missing_packages() {
  comm -23 <(wanted_packages | sed '/^#/d; /^$/d' | sort -u) <(installed_packages)
}

may_use_sudo() { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }

may_install() {
  [ "$(id -u)" -eq 0 ] || may_use_sudo || stop \
    "These Debian packages are missing and only root can install them. Paste this line, then run make again:" \
    $'\n\n'"  sudo apt-get update && sudo apt-get install --no-install-recommends -y $*"$'\n'
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

install_packages() {
  local apt=(apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -qq)
  say "Installing Debian packages: $*"
  as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" update
  as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends -y "$@" </dev/null >/dev/null
}

# The tests start a database server of their own. Debian would begin one for everybody with the first package of it:
# for the time of the installation, and only where there was none before, it is told not to.
without_a_server_for_everybody() {
  local told=/etc/postgresql-common/createcluster.d/civicdesk-tests.conf
  if [[ " $* " != *" postgresql "* ]] || installed_packages | grep -qx postgresql-common; then
    install_packages "$@"
    return
  fi
  as_root install -d "${told%/*}"
  echo "create_main_cluster = false" | as_root tee "$told" >/dev/null
  (trap 'as_root rm -f "$told"' EXIT; install_packages "$@")
}

ensure_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "This is not a Debian machine: Qt's system libraries are taken as present (installer/packages-$purpose.txt names them)."
    return
  fi
  local missing
  missing=$(missing_packages)
  # One word per package is meant.
  # shellcheck disable=SC2086
  [ -z "$missing" ] || { may_install $missing; without_a_server_for_everybody $missing; }
}

# --- The virtual environment ------------------------------------------------

fingerprint() { { .venv/bin/python --version; pwd; cat requirements.lock pyproject.toml; } | sha256sum; }

install_locked() { .venv/bin/python -m pip --disable-pip-version-check --no-input -q install "$@"; }

ensure_venv() {
  if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv
  fi
  if [ "$(fingerprint)" = "$(cat .venv/installed 2>/dev/null)" ]; then return; fi
  say "Installing the locked Python packages (a minute or two the first time) …"
  install_locked --require-hashes --only-binary :all: -r requirements.lock
  install_locked --no-build-isolation --no-deps -e .
  fingerprint >.venv/installed
}

camera_fingerprint() { { fingerprint; cat requirements-camera.lock; } | sha256sum; }

# What it stands on is in requirements.lock, so nothing else comes along.
ensure_camera() {
  if [ "$(camera_fingerprint)" = "$(cat .venv/installed-camera 2>/dev/null)" ]; then return; fi
  say "Installing what a camera needs …"
  install_locked --require-hashes --only-binary :all: --no-deps -r requirements-camera.lock
  camera_fingerprint >.venv/installed-camera
}

python=$(find_python)
ensure_packages
ensure_venv
if [ "$camera" ]; then
  ensure_camera
  touch .venv/ready-for-camera
fi
touch .venv/ready-to-run
if [ "$purpose" = test ]; then touch .venv/ready-to-test; fi
