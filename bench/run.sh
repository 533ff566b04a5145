#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Measures build/release/logstream in the scenarios of bench/README.md: ./dev bench [SCENARIO...]

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rows=${ROWS:-2000000}
runs=${RUNS:-3}
work=${WORK:-bench-data}
overload_seconds=${OVERLOAD_SECONDS:-60}
build=${BUILD:-build/release}

mkdir -p "$work"
work=$(cd "$work" && pwd)
binary=$build/logstream
tools=$build/bench
data=$work/data
unbounded=(--storage.max_events 0 --storage.max_bytes 0)
on_disk=(--storage.mode disk --storage.path "$work/store" --storage.seal_age 1s)
source bench/lib.sh
trap stop_all EXIT
trap 'exit 130' INT TERM

# -- what the scenarios need ---

make_data() {
  local have=0
  [[ -f $data/meta.json ]] && have=$(field rows <"$data/meta.json")
  ((have == rows)) && return
  rm -rf "$data"
  "$tools/bench_generate" --rows "$rows" "$data" >/dev/null
}

look_at_load() {
  local load
  load=$(cut -d ' ' -f 1 /proc/loadavg)
  if [[ $(calc "$load > 0.5") == 1 ]]; then
    echo "bench: the machine is not idle (load $load): the figures will be lower than they could be" >&2
  fi
}

ceiling_rate() { "$tools/bench_ceiling" --scratch "$work/ceiling.out" "$data/ndjson" | field rows_per_second; }

# measure_bulk RULES: posts all bodies to a fresh server with so many rules; rows a second are in $bulk_rate.
measure_bulk() {
  local report
  start_server "${unbounded[@]}"
  add_rules "$1"
  report=$(post --connections 4 "$url/ingest" "$data/ndjson")
  stop "$server"
  [[ $(field accepted <<<"$report") == "$rows" ]] || fail "bulk: not every event was accepted: $report"
  bulk_rate=$(field rows_per_second <<<"$report")
}

# add_rules COUNT [GROUP-BY]: rules as users write them, in turn by level and keyword, level and service, regular
# expression, level and field.
add_rules() {
  local services=(edge-gateway orders identity catalog payments cart search notifier sessions stock checkout ledger
    mailer recommender dispatch invoicing static-assets job-scheduler risk-scoring config-store)
  local phrases=("timed out" refused deadlock "rolled back" IllegalState "No backend" rejected stuck declined cancelled
    bounced failed "Out of memory" "failing over" read-only "posting stopped" "index closed" quorum throttled draining
    aborted circuit "retry budget" "stream early" handshake)
  local number condition rule group=${2:-}
  for ((number = 0; number < $1; ++number)); do
    local service=${services[number / 4 % 20]} phrase=${phrases[number / 4 % 25]}
    case $((number % 4)) in
      0) condition="\"level\":\"ERROR\",\"keyword\":\"$phrase\"" ;;
      1) condition="\"level\":\"ERROR\",\"service\":\"$service\"" ;;
      2) condition="\"regex\":\"$phrase.* [0-9]+\"" ;;
      3) condition="\"level\":\"ERROR\",\"fields\":{\"status\":\"50$((number / 4 % 8))\"}" ;;
    esac
    rule="\"name\":\"bench-$number\",\"threshold\":$((20 * (number + 1))),\"window\":\"1m\""
    rule+=",\"cooldown\":\"1m\",$condition${group:+,\"group_by\":[\"$group\"]}"
    call POST "$url/rules" "{$rule}" >/dev/null || fail "POST /rules was refused: {$rule}"
  done
}

# -- scenarios ---

scenario_ceiling() {
  local figures=()
  for _ in $(seq "$runs"); do
    figures+=("$(ceiling_rate)")
  done
  record ceiling "one core: parse, split, zstd-1, sync" "$(median_of "${figures[@]}")" rows/s
}

scenario_bulk() {
  local ceiling rates=() ratios=()
  for _ in $(seq "$runs"); do
    ceiling=$(ceiling_rate)
    measure_bulk 0
    rates+=("$bulk_rate")
    ratios+=("$(calc "$bulk_rate / $ceiling")")
  done
  record bulk "5,000 rows a body, 4 connections" "$(median_of "${rates[@]}")" rows/s
  record bulk "ratio to the ceiling of the same run" "$(median_of "${ratios[@]}")" x '>=' 1.5
}

# single_events SCENARIO CONNECTIONS GOAL FLAGS [RELATION GOAL of the p99]: FLAGS is the name of an array.
single_events() {
  local report rate constant rates=() ratios=() slow=() refused=0
  local -n flags=$4
  for _ in $(seq "$runs"); do
    start_tool bench_constant
    constant=$(post --connections "$2" --lines 1 "$tool_url" "$data/single.ndjson" | field rows_per_second)
    stop "$started"
    rm -rf "$work/store"
    start_server "${flags[@]}"
    report=$(post --connections "$2" --lines 1 "$url/ingest" "$data/single.ndjson")
    stop "$server"
    rate=$(field rows_per_second <<<"$report")
    rates+=("$rate")
    ratios+=("$(calc "$rate / $constant")")
    slow+=("$(field p99_ms <<<"$report")")
    refused=$((refused + $(field refused <<<"$report")))
  done
  record "$1" "one event a request, $2 connections" "$(median_of "${rates[@]}")" requests/s
  record "$1" "ratio to a handler that answers a constant" "$(median_of "${ratios[@]}")" x '>=' "$3"
  record "$1" "p99 of a request" "$(median_of "${slow[@]}")" ms "${@:5}"
  record "$1" "refused" "$refused" requests '<=' 0
}

scenario_single() { single_events single 32 0.55 unbounded '<=' 5; }
scenario_single512() { single_events single512 512 0.55 unbounded; }
scenario_disk-single() { single_events disk-single 32 0.35 on_disk; }
scenario_disk-single512() { single_events disk-single512 512 0.5 on_disk; }

# await_sealed SEGMENTS: until nothing more is written into segments.
await_sealed() {
  local before=-1 now
  for _ in $(seq 60); do
    now=$(call GET "$url/stats" | field segments)
    [[ $now -ge $1 && $now == "$before" ]] && return
    before=$now
    sleep 2
  done
  fail "rows were not written into segments"
}

scenario_disk() {
  local report ceiling written rate began took rates=() ratios=() sealed=() cpu=() sizes=() most=()
  for _ in $(seq "$runs"); do
    report=$("$tools/bench_ceiling" --scratch "$work/ceiling.out" "$data/ndjson")
    ceiling=$(field rows_per_second <<<"$report")
    written=$(field compressed_bytes <<<"$report")
    rm -rf "$work/store"
    start_server "${on_disk[@]}"
    began=$(date +%s.%N)
    report=$(post --connections 4 "$url/ingest" "$data/ndjson")
    [[ $(field accepted <<<"$report") == "$rows" ]] || fail "disk: not every event was accepted: $report"
    rate=$(field rows_per_second <<<"$report")
    await_sealed 2
    # The last look was made two seconds after nothing changed any more.
    took=$(calc "$(date +%s.%N) - $began - 2")
    rates+=("$rate")
    ratios+=("$(calc "$rate / $ceiling")")
    sealed+=("$(calc "$rows / $took / $ceiling")")
    cpu+=("$(calc "$(cpu_ticks "$server") / $(getconf CLK_TCK) / $rows * $ceiling")")
    sizes+=("$(calc "$(cat "$work"/store/shard-*/* | wc -c) / $written")")
    most+=("$(calc "$(awk '/^VmHWM:/ { print $2 }' "/proc/$server/status") / 1024")")
    stop "$server"
  done
  record disk "5,000 rows a body, 4 connections, ack fsync" "$(median_of "${rates[@]}")" rows/s
  record disk "ratio to the ceiling of the same run" "$(median_of "${ratios[@]}")" x '>=' 1.0
  record disk "until all is sealed, ratio to the ceiling" "$(median_of "${sealed[@]}")" x '>=' 0.8
  record disk "CPU a row, sealing included, to the ceiling's" "$(median_of "${cpu[@]}")" x '<=' 2.2
  record disk "bytes on disk to those of the ceiling" "$(median_of "${sizes[@]}")" x '<=' 0.8
  record disk "largest resident" "$(median_of "${most[@]}")" MB '<=' 350
}

scenario_disk-query() {
  local line number trace
  local names=("last 100" "level ERROR, last 100" "count by level" "count by minute" "word deadlock, 200 rows"
    "substring adloc, 200 rows" "one trace id")
  local goals=(2 2 0.4 1 3 8 0.5)
  rm -rf "$work/store"
  start_server "${on_disk[@]}"
  post --connections 4 "$url/ingest" "$data/ndjson" >/dev/null
  await_sealed 2
  trace=$(field trace_id <"$data/meta.json")
  : >"$work/queries.jsonl"
  for _ in $(seq "$runs"); do
    timeout 300 "$tools/bench_load" time "$url/logs?limit=100" "$url/logs?level=ERROR&limit=100" \
      "$url/logs/count?by=level" "$url/logs/count?by=minute" "$url/logs?q=deadlock&limit=200" \
      "$url/logs?q=adloc&limit=200" "$url/logs?field.trace_id=$trace" >>"$work/queries.jsonl" ||
      fail "a query was refused; see $work/queries.jsonl"
  done
  stop "$server"
  for number in 1 2 3 4 5 6 7; do
    awk -v n="$number" 'NR % 7 == n % 7' "$work/queries.jsonl" | while read -r line; do
      field p50_ms <<<"$line"
    done | median >"$work/figure"
    record disk-query "p50, ${names[number - 1]}" "$(<"$work/figure")" ms '<=' "${goals[number - 1]}"
  done
}

scenario_query() {
  local middle from to load line number
  local names=("level: /logs?level=ERROR&limit=100" "time: one minute of an hour" "recent: /logs/recent")
  start_server "${unbounded[@]}"
  post --connections 4 "$url/ingest" "$data/ndjson" >/dev/null
  middle=$((($(field start <"$data/meta.json") + $(field end <"$data/meta.json")) / 2))
  from=$(date -u -d "@$middle" +%FT%TZ)
  to=$(date -u -d "@$((middle + 60))" +%FT%TZ)
  background "$work/background.json" "$tools/bench_load" post --rate 50000 --seconds 600 --repeat --restamp \
    --lines 500 "$url/ingest" "$data/single.ndjson"
  load=$started
  sleep 2
  : >"$work/queries.jsonl"
  for _ in $(seq "$runs"); do
    timeout 300 "$tools/bench_load" time "$url/logs?level=ERROR&limit=100" "$url/logs?from=$from&to=$to" \
      "$url/logs/recent" >>"$work/queries.jsonl" || fail "a query was refused; see $work/queries.jsonl"
  done
  record query "stored at the end" "$(call GET "$url/stats" | field logs_in_storage)" events '>=' "$rows"
  stop "$load"
  stop "$server"
  for number in 1 2 3; do
    for line in p50 p99; do
      awk -v n="$number" 'NR % 3 == n % 3' "$work/queries.jsonl" | while read -r run; do
        field "${line}_ms" <<<"$run"
      done | median >"$work/figure"
      if [[ $line == p99 ]]; then
        record query "$line, ${names[number - 1]}" "$(<"$work/figure")" ms '<=' 2
      else
        record query "$line, ${names[number - 1]}" "$(<"$work/figure")" ms
      fi
    done
  done
}

scenario_alert() {
  local hook report slow=() middle=() rates=() least=''
  for _ in $(seq "$runs"); do
    start_tool bench_hook
    hook=$started
    start_server "${unbounded[@]}"
    call POST "$url/webhooks" "{\"url\":\"$tool_url\",\"secret\":\"bench\"}" >/dev/null ||
      fail "POST /webhooks was refused"
    add_rules 100 service
    rates+=("$(post --rate 100000 --seconds 20 --repeat --restamp --lines 500 "$url/ingest" "$data/single.ndjson" |
      field rows_per_second)")
    sleep 1
    report=$(call GET "$tool_url")
    stop "$server"
    stop "$hook"
    [[ $(field measured <<<"$report") -gt 0 ]] || fail "alert: no alert arrived: $report"
    slow+=("$(field p99_ms <<<"$report")")
    middle+=("$(field p50_ms <<<"$report")")
    least+="$(field measured <<<"$report")"$'\n'
  done
  record alert "arriving, 100 rules grouped by service" "$(median_of "${rates[@]}")" events/s
  record alert "alerts measured" "$(printf '%s' "$least" | median)" alerts
  record alert "p50, event to webhook" "$(median_of "${middle[@]}")" ms
  record alert "p99, event to webhook" "$(median_of "${slow[@]}")" ms '<=' 20
}

scenario_bulk-rules() {
  local without rates=() ratios=()
  for _ in $(seq "$runs"); do
    measure_bulk 0
    without=$bulk_rate
    measure_bulk 100
    rates+=("$bulk_rate")
    ratios+=("$(calc "$bulk_rate / $without")")
  done
  record bulk-rules "bulk with 100 rules" "$(median_of "${rates[@]}")" rows/s
  record bulk-rules "ratio to bulk without rules" "$(median_of "${ratios[@]}")" x '>=' 0.8
}

scenario_memory() {
  local stats stored held bytes empty full load before ticks quarter early late
  # Idle: a fresh server that nobody talks to.
  start_server
  sleep 2
  before=$(cpu_ticks "$server")
  sleep 10
  ticks=$(($(cpu_ticks "$server") - before))
  record memory "idle: CPU of one core" "$(calc "$ticks / $(getconf CLK_TCK) / 10 * 100")" % '<=' 1
  record memory "idle: resident" "$(calc "$(resident "$server") / 1024")" MB '<=' 40
  stop "$server"

  # What an event takes.
  start_server "${unbounded[@]}"
  empty=$(resident "$server")
  post --connections 4 "$url/ingest" "$data/ndjson" >/dev/null
  sleep 2
  stats=$(call GET "$url/stats")
  full=$(resident "$server")
  stop "$server"
  stored=$(field logs_in_storage <<<"$stats")
  bytes=$(field bytes <"$data/meta.json")
  held=$(calc "$(field storage <<<"$stats") / $stored")
  record memory "stored bytes to bytes of JSON" "$(calc "$held / ($bytes / $rows)")" x '<=' 0.7
  record memory "resident growth to bytes of JSON" "$(calc "($full - $empty) * 1024 / $bytes")" x

  # Flat over ten million events when the oldest go.
  start_server --storage.max_events 1000000
  background "$work/background.json" "$tools/bench_load" post --repeat --total 10000000 --connections 4 \
    "$url/ingest" "$data/ndjson"
  load=$started
  : >"$work/sizes"
  while running "$load"; do
    resident "$server" >>"$work/sizes"
    sleep 0.2
  done
  wait "$load" || fail "memory: events were refused; see $work/background.json"
  quarter=$(($(wc -l <"$work/sizes") / 4 + 1))
  early=$(head -n "$((quarter * 2))" "$work/sizes" | tail -n "$quarter" | median)
  late=$(tail -n "$quarter" "$work/sizes" | median)
  record memory "eviction: events processed" "$(call GET "$url/stats" | field total_processed)" events '>=' 10000000
  record memory "eviction: largest resident" "$(calc "$(sort -n "$work/sizes" | tail -n 1) / 1024")" MB
  record memory "eviction: last quarter to second quarter" "$(calc "$late / $early")" x '<=' 1.1
  stop "$server"
}

scenario_simulate() {
  local report
  start_server "${unbounded[@]}"
  report=$(timeout 300 "$tools/bench_load" time --method POST --warm-up 3 --runs "$((runs * 10))" "$url/simulate") ||
    fail "POST /simulate was refused: $report"
  stop "$server"
  record simulate "p50 of POST /simulate, 10,000 events" "$(field p50_ms <<<"$report")" ms '<=' 50
  record simulate "p99 of POST /simulate, 10,000 events" "$(field p99_ms <<<"$report")" ms
}

scenario_overload() {
  local client first second stats sent kept refused clients=()
  measure_bulk 0
  start_server --storage.max_events 1000000
  for client in 1 2; do
    background "$work/overload-$client.json" "$tools/bench_load" post --rate "$bulk_rate" \
      --seconds "$overload_seconds" --repeat --connections 128 "$url/ingest" "$data"/ndjson/0000*.ndjson
    clients+=("$started")
  done
  : >"$work/sizes"
  while running "${clients[0]}" || running "${clients[1]}"; do
    resident "$server" >>"$work/sizes"
    sleep 0.5
  done
  stats=$(call GET "$url/stats")
  stop "$server"
  first=$(<"$work/overload-1.json")
  second=$(<"$work/overload-2.json")
  sent=$(($(field rows <<<"$first") + $(field rows <<<"$second")))
  kept=$(($(field accepted <<<"$first") + $(field accepted <<<"$second")))
  refused=$(($(field refused <<<"$first") + $(field refused <<<"$second")))
  record overload "sent" "$sent" events
  record overload "acknowledged" "$kept" events
  record overload "acknowledged less processed" "$((kept - $(field total_processed <<<"$stats")))" events "==" 0
  record overload "refused" "$refused" requests
  record overload "dropped by the server's count" "$(field total_dropped <<<"$stats")" events
  record overload "largest resident" "$(calc "$(sort -n "$work/sizes" | tail -n 1) / 1024")" MB
}

# -- main ---

all=(ceiling bulk single single512 query alert bulk-rules memory simulate overload disk disk-single disk-single512 disk-query)
chosen=("$@")
((${#chosen[@]})) || chosen=("${all[@]}")
for name in "${chosen[@]}"; do
  [[ " ${all[*]} " == *" $name "* ]] || fail "no scenario $name; there are: ${all[*]}"
done
[[ -x $tools/bench_load ]] || fail "$tools/bench_load is not built: ./dev bench does that"
[[ -x $binary ]] || fail "$binary is not built: ./dev bench does that"
: >"$work/stderr.log"
look_at_load
make_data
headline
for name in "${chosen[@]}"; do
  "scenario_$name"
  stop_all
done
