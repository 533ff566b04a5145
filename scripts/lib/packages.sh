# SPDX-License-Identifier: MIT
# The Debian packages each task needs, and need(), which installs the missing ones; to be sourced.
# shellcheck shell=bash disable=SC2034

build_packages=(
  ca-certificates ccache cmake g++ ninja-build pkg-config
  catch2 libasio-dev libbenchmark-dev libcaf-dev libcli11-dev libcurl4-openssl-dev libfmt-dev liblz4-dev
  libre2-dev librestinio-dev libsimdjson-dev libspdlog-dev libssl-dev libxxhash-dev libyaml-cpp-dev libzstd-dev
  nlohmann-json3-dev prometheus-cpp-dev zlib1g-dev
)
package_packages=(dpkg-dev fakeroot file)
lint_packages=(clang-14 clang-format-14 clang-tidy-14 shellcheck)
root_packages=(curl debootstrap)

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "neither root nor sudo: run this as root: $*" >&2
    return 1
  fi
}

# need PACKAGE...: returns with all of them installed; asks nothing, and touches the network only when one is missing.
need() {
  if ! command -v apt-get >/dev/null; then
    echo "no apt-get here; this must be installed by other means: $*" >&2
    return 0
  fi
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  echo "installing ${missing[*]}" >&2
  local log apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
  log=$(mktemp)
  if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
