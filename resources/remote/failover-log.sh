# shellcheck shell=sh
# Reads back what the logs of one node hold of failovers, the oldest file first: "F INODE PATH" for a file, "L OFFSET:LINE" for a line of
# it. Rotated files (redis.log.1, redis.log-20261122, also .gz) belong to it; of each only the last $bytes are read. Facts: the time zone;
# last, the last line of the log, and written, when it was written, in seconds since 1970: a server may write in another zone than its host.
# journal: whether the journal gives us lines about $unit (fact readable), and by it (fact written). journal-follow: the last $lines of $units and what comes, as JSON.
# shellcheck disable=SC2154 # $verb, $file, $bytes, $unit, $units and $lines come from the invocation

# lines FROM: numbers the lines on stdin by the offset of their first byte, the first being at FROM; what is cut at the beginning is dropped
lines() {
  LC_ALL=C awk -v at="$1" -v cut="$1" '
    { here = at; at += length($0) + 1 }
    cut > 0 { cut = 0; next }
    /fail|Fail|FAIL|epoch|election|reachable|back online|Cluster state|Reconfiguring|anual failover|Taking over|orphaned|Connection with|onnecting to (MASTER|PRIMARY)|no data nor PING|rank updated|quorum|signal|SIG|shutdown|Node configuration loaded|oO0Oo|Running mode/ {
      print "L " here ":" substr($0, 1, 2000)
    }' | tail -n 4000
}

case $verb in
journal)
  time_zone
  [ -z "$(journalctl -q --no-pager -n 1 -o cat -u "$unit" 2>/dev/null)" ] || fact readable "$unit"
  [ -z "$(journalctl -q --no-pager -n 1 -o cat "_SYSTEMD_UNIT=$unit" 2>/dev/null)" ] || fact written "$unit"
  ;;
journal-follow)
  # a unit's name holds no white space
  # shellcheck disable=SC2086
  set -- $units
  for each; do
    set -- "$@" -u "$each"
    shift
  done
  exec journalctl -q --no-pager -f -n "$lines" -o json --output-fields=MESSAGE,_SYSTEMD_UNIT "$@"
  ;;
past)
  file=$(expand "$file")
  time_zone
  if [ -r "$file" ] && [ -s "$file" ]; then
    fact written "$(stat -L -c %Y -- "$file")"
    fact last "$(tail -n 50 -- "$file" | LC_ALL=C grep '^[0-9]*:[MSCX] ' | tail -n 1 | cut -c 1-100)"
  fi
  # shellcheck disable=SC2012 # in the order of time; a name with a newline is none of a log
  ls -1tr -- "$file" "$file".* "$file"-* 2>/dev/null | tail -n 8 |
    while IFS= read -r each; do
      if [ ! -f "$each" ] || [ ! -r "$each" ]; then continue; fi
      printf 'F %s %s\n' "$(stat -L -c %i -- "$each")" "$each"
      case $each in
      *.gz) gzip -dc <"$each" 2>/dev/null | head -c "$bytes" | lines 0 ;;
      *)
        size=$(wc -c <"$each")
        from=$((size > bytes ? size - bytes : 0))
        tail -c "+$((from + 1))" <"$each" | lines "$from"
        ;;
      esac
    done
  ;;
esac
