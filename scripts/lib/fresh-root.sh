# SPDX-License-Identifier: MIT
# A bare Debian 12 in a folder, from the mirror this machine itself uses; to be sourced, as root.
# shellcheck shell=bash

# The first mirror of the running system that carries the release itself (not its updates or its security fixes).
mirror() {
  {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
      sed -nE 's/^deb +(\[[^]]*\] +)?([^ ]+) +bookworm +.*\bmain\b.*/\2/p'
    awk '/^URIs:/ { uri = $2 } /^Suites:/ { for (i = 2; i <= NF; i++) if ($i == "bookworm") print uri }' \
      /etc/apt/sources.list.d/*.sources 2>/dev/null
  } | head -n 1
}

# fresh_root FOLDER: installs the minimal base there, with this machine's way to its mirror, and arranges its removal.
fresh_root() {
  fresh_root_folder=$1
  # A root folder that only root may enter would keep every other user out of the whole system.
  chmod 755 "$fresh_root_folder"
  local uri
  uri=$(mirror)
  [[ -n $uri ]] || { echo "no bookworm mirror in this machine's apt sources" >&2; return 1; }
  trap remove_fresh_root EXIT
  debootstrap --variant=minbase bookworm "$fresh_root_folder" "$uri" >"$fresh_root_folder.log" 2>&1 ||
    { tail -n 20 "$fresh_root_folder.log" >&2; return 1; }
  cp /etc/resolv.conf /etc/hosts "$fresh_root_folder/etc/"
  apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries)' >"$fresh_root_folder/etc/apt/apt.conf.d/90host" || true
  [[ ! -d /etc/apt/auth.conf.d ]] || cp -a /etc/apt/auth.conf.d "$fresh_root_folder/etc/apt/"
  mount -t proc proc "$fresh_root_folder/proc"
  mount --rbind /dev "$fresh_root_folder/dev"
  mount --make-rslave "$fresh_root_folder/dev"
}

remove_fresh_root() {
  # A server that a failed check left behind would hold the root.
  # shellcheck disable=SC2046 # one word a process
  kill $(jobs -p) 2>/dev/null && wait
  umount -R "$fresh_root_folder/dev" "$fresh_root_folder/proc" 2>/dev/null || true
  if mountpoint -q "$fresh_root_folder/dev" || mountpoint -q "$fresh_root_folder/proc"; then
    echo "$fresh_root_folder is still in use; left in place" >&2
  else
    rm -rf --one-file-system "$fresh_root_folder" "$fresh_root_folder.log"
  fi
}

# in_root COMMAND...: runs it there with an environment that holds nothing of this machine's.
in_root() {
  (exec_in_root "$@")
}

# The same in place of the shell, so that the process id of a background job is the command's.
exec_in_root() {
  exec chroot "$fresh_root_folder" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# answers PID URL SECONDS: waits until the URL gives a success, as long as the process lives, and prints the body.
answers() {
  local pid=$1 url=$2 end=$((SECONDS + $3))
  until curl --silent --fail --max-time 5 "$url"; do
    if ! kill -0 "$pid" 2>/dev/null; then
      echo "the server ended before it answered $url" >&2
      return 1
    fi
    if ((SECONDS >= end)); then
      echo "no answer from $url within $3 s" >&2
      return 1
    fi
    sleep 0.5
  done
  echo
}
