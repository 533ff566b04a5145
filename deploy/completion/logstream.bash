# bash completion for logstream; made by `logstream completion bash`

_logstream() {
  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      serve|send|query|simulate|stats|check-config|version|completion|fsck|dump|restore) command="$word"; break ;;
    esac
  done
  case "$command $prev" in
    "serve -c"|"serve --config")
      compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    "serve --http.address")
      :; return ;;
    "serve --http.port")
      :; return ;;
    "serve --http.threads")
      :; return ;;
    "serve --http.max_connections")
      :; return ;;
    "serve --http.max_url")
      :; return ;;
    "serve --http.max_headers")
      :; return ;;
    "serve --http.max_header_bytes")
      :; return ;;
    "serve --http.idle_timeout"|"serve --http.read_timeout")
      :; return ;;
    "serve --http.write_timeout")
      :; return ;;
    "serve --http.cors_origins")
      :; return ;;
    "serve --ingest.workers"|"serve --workers")
      :; return ;;
    "serve --ingest.buffer_size"|"serve --buffer_size")
      :; return ;;
    "serve --ingest.max_bytes_in_flight")
      :; return ;;
    "serve --ingest.max_requests_in_flight")
      :; return ;;
    "serve --limits.body_bytes"|"serve --http.max_body")
      :; return ;;
    "serve --limits.unpacked_bytes")
      :; return ;;
    "serve --limits.line_bytes")
      :; return ;;
    "serve --limits.fields")
      :; return ;;
    "serve --limits.lateness")
      :; return ;;
    "serve --storage.mode")
      mapfile -t COMPREPLY < <(compgen -W "memory disk" -- "$cur"); return ;;
    "serve --storage.path")
      :; return ;;
    "serve --storage.shards")
      :; return ;;
    "serve --storage.max_events"|"serve --max_events")
      :; return ;;
    "serve --storage.max_bytes")
      :; return ;;
    "serve --storage.ack")
      mapfile -t COMPREPLY < <(compgen -W "fsync write memory" -- "$cur"); return ;;
    "serve --storage.memtable_bytes")
      :; return ;;
    "serve --storage.seal_age")
      :; return ;;
    "serve --storage.cache_bytes")
      :; return ;;
    "serve --storage.wal_file_bytes")
      :; return ;;
    "serve --storage.reserve_bytes")
      :; return ;;
    "serve --retention.time")
      :; return ;;
    "serve --retention.bytes")
      :; return ;;
    "serve --query.deadline")
      :; return ;;
    "serve --query.max_limit")
      :; return ;;
    "serve --query.max_concurrent")
      :; return ;;
    "serve --alerts.queue")
      :; return ;;
    "serve --alerts.history")
      :; return ;;
    "serve --alerts.max_rules")
      :; return ;;
    "serve --alerts.max_groups")
      :; return ;;
    "serve --alerts.max_webhooks")
      :; return ;;
    "serve --stats.interval")
      :; return ;;
    "serve --stats.print")
      mapfile -t COMPREPLY < <(compgen -W "true false" -- "$cur"); return ;;
    "serve --log.level")
      mapfile -t COMPREPLY < <(compgen -W "trace debug info warn error off" -- "$cur"); return ;;
    "serve --log.format")
      mapfile -t COMPREPLY < <(compgen -W "text json" -- "$cur"); return ;;
    "serve --shutdown.grace")
      :; return ;;
    "serve --node.id")
      :; return ;;
    "send --url")
      :; return ;;
    "send -s"|"send --service")
      :; return ;;
    "send -z"|"send --compress")
      mapfile -t COMPREPLY < <(compgen -W "none gzip zstd" -- "$cur"); return ;;
    "send --parallel")
      :; return ;;
    "send --retry-for")
      :; return ;;
    "query --url")
      :; return ;;
    "query -l"|"query --level")
      :; return ;;
    "query -s"|"query --service")
      :; return ;;
    "query --from")
      :; return ;;
    "query --to")
      :; return ;;
    "query -q"|"query --contains")
      :; return ;;
    "query --field")
      :; return ;;
    "query -n"|"query --limit")
      :; return ;;
    "query --order")
      mapfile -t COMPREPLY < <(compgen -W "asc desc" -- "$cur"); return ;;
    "query --format")
      mapfile -t COMPREPLY < <(compgen -W "text json ndjson csv" -- "$cur"); return ;;
    "query --color")
      mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$cur"); return ;;
    "simulate --url")
      :; return ;;
    "simulate --count")
      :; return ;;
    "simulate --rate")
      :; return ;;
    "simulate --seed")
      :; return ;;
    "simulate --levels")
      :; return ;;
    "stats --url")
      :; return ;;
    "stats --interval")
      :; return ;;
    "check-config -c"|"check-config --config")
      compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    "check-config --docs")
      mapfile -t COMPREPLY < <(compgen -W "settings.md example" -- "$cur"); return ;;
  esac
  case "$command" in
    "") words="serve send query simulate stats check-config version completion fsck dump restore --help" ;;
    serve) words="-h --help -c --config --http.address --http.port --http.threads --http.max_connections --http.max_url --http.max_headers --http.max_header_bytes --http.idle_timeout --http.read_timeout --http.write_timeout --http.cors_origins --ingest.workers --workers --ingest.buffer_size --buffer_size --ingest.max_bytes_in_flight --ingest.max_requests_in_flight --limits.body_bytes --http.max_body --limits.unpacked_bytes --limits.line_bytes --limits.fields --limits.lateness --storage.mode --storage.path --storage.shards --storage.max_events --max_events --storage.max_bytes --storage.ack --storage.memtable_bytes --storage.seal_age --storage.cache_bytes --storage.wal_file_bytes --storage.reserve_bytes --retention.time --retention.bytes --query.deadline --query.max_limit --query.max_concurrent --alerts.queue --alerts.history --alerts.max_rules --alerts.max_groups --alerts.max_webhooks --stats.interval --stats.print --log.level --log.format --shutdown.grace --node.id "
      ;;
    send) words="-h --help --url -s --service -f --follow -m --multiline -q --quiet -z --compress --parallel --retry-for "
      if [[ "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
      fi
      ;;
    query) words="-h --help --url -l --level -s --service --from --to -q --contains --case-sensitive --field -n --limit --order --format -f --follow --color "
      ;;
    simulate) words="-h --help --url --count --rate --seed --levels "
      ;;
    stats) words="-h --help --url -w --watch --interval --json "
      ;;
    check-config) words="-h --help -c --config --print --docs "
      if [[ "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
      fi
      ;;
    version) words="-h --help "
      ;;
    completion) words="-h --help bash zsh fish"
      ;;
    fsck) words="-h --help --repair --json "
      if [[ "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
      fi
      ;;
    dump) words="-h --help --rows --json "
      if [[ "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
      fi
      ;;
    restore) words="-h --help --link "
      if [[ "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _logstream logstream
