# SPDX-License-Identifier: MIT
# What the scenarios of bench/run.sh share: processes, figures, the table of results. Sourced, not run.

# -- processes ---

# background OUTPUT COMMAND...: starts a process that will not outlive this script; its id is in $started. Never in a
# subshell: there the script would lose sight of it.
background() {
  local output=$1
  shift
  "$@" >"$output" 2>>"$work/stderr.log" &
  started=$!
}

# running PID: whether it is a process of ours that has not ended.
running() { jobs -pr | grep -qx "$1"; }

# stop PID: ends a process that background() started and waits for it.
stop() {
  running "$1" || return 0
  kill "$1" 2>/dev/null || true
  for _ in $(seq 100); do
    running "$1" || break
    sleep 0.1
  done
  if running "$1"; then kill -KILL "$1" 2>/dev/null || true; fi
  wait "$1" 2>/dev/null || true
}

stop_all() {
  local pid
  for pid in $(jobs -pr); do
    stop "$pid"
  done
}

free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || {
      echo "$port"
      return
    }
  done
  fail "no free port between 20000 and 30000"
}

# start_server FLAG...: a fresh server in memory; its id is in $server, its address in $url.
start_server() {
  local port
  port=$(free_port)
  url=http://127.0.0.1:$port
  background "$work/server.log" "$binary" serve --http.port "$port" --stats.print false --log.level warn "$@"
  server=$started
  for _ in $(seq 100); do
    if running "$server" && call GET "$url/healthz" >/dev/null 2>&1; then
      return
    fi
    sleep 0.1
  done
  fail "the server did not answer; see $work/server.log and $work/stderr.log"
}

# start_tool PROGRAM: a bench program that prints its port; its id is in $started, its address in $tool_url.
start_tool() {
  : >"$work/port"
  background "$work/port" "$tools/$1"
  for _ in $(seq 100); do
    [[ -s $work/port ]] && break
    sleep 0.05
  done
  tool_url=http://127.0.0.1:$(head -n 1 "$work/port")/
}

# -- talking ---

call() { timeout 30 "$tools/bench_load" call "$@"; }

# post ARGUMENT...: a load run; its line of JSON goes to stdout. Refusals are for the caller to judge.
post() {
  local status=0
  timeout 900 "$tools/bench_load" post "$@" 2>>"$work/stderr.log" || status=$?
  ((status == 0 || status == 3)) || fail "the load client failed with status $status; see $work/stderr.log"
}

# field NAME: the first member of this name in the JSON on stdin, without quotes.
field() {
  awk -v name="$1" 'match($0, "\"" name "\": *[^,}]*") {
    value = substr($0, RSTART, RLENGTH)
    sub(/^[^:]*: */, "", value)
    gsub(/"/, "", value)
    print value
    exit
  }'
}

# -- figures ---

# calc EXPRESSION: the value that awk gives it.
calc() { awk "BEGIN { printf \"%.10g\", ($1) }"; }

# median: of the numbers on stdin, one a line.
median() {
  sort -g | awk '{ v[NR] = $1 } END { if (NR) printf "%.10g\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# median_of NUMBER...
median_of() { printf '%s\n' "$@" | median; }

# resident PID: kilobytes.
resident() { awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"; }

# cpu_ticks PID: of user and system time.
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# -- results ---

readonly row_format='%-12s %-42s %14s %-12s %s\n'

headline() {
  # shellcheck disable=SC2059
  printf "$row_format" scenario measure value unit goal
}

# record SCENARIO MEASURE VALUE UNIT [RELATION GOAL]: a line of the table and of results.jsonl. RELATION: >=, <= or ==.
record() {
  local scenario=$1 measure=$2 value=$3 unit=$4 relation=${5:-} goal=${6:-} verdict='' met=null shown
  [[ -n $value ]] || fail "$scenario: no figure for $measure"
  if [[ -n $relation ]]; then
    verdict="$relation $goal"
    if [[ $(calc "$value $relation $goal") == 1 ]]; then
      met=true
    else
      met=false
      verdict+=" MISSED"
    fi
  fi
  shown=$(awk -v v="$value" 'BEGIN { if (v == int(v) || v >= 1000) printf "%.0f", v; else printf "%.3f", v }')
  # shellcheck disable=SC2059
  printf "$row_format" "$scenario" "$measure" "$shown" "$unit" "$verdict"
  printf '{"time":"%s","scenario":"%s","measure":"%s","value":%s,"unit":"%s","goal":"%s","met":%s}\n' \
    "$(date -u +%FT%TZ)" "$scenario" "$measure" "$value" "$unit" "$relation$goal" "$met" >>"$work/results.jsonl"
}

fail() {
  echo "bench: $*" >&2
  exit 1
}
