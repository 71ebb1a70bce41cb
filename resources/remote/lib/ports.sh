# shellcheck shell=sh
# Who listens where, and which Redis servers run.

# listeners PID PORT: inodes of the sockets that listen on a port, as a process sees them
listeners() {
  cat "/proc/$1/net/tcp" "/proc/$1/net/tcp6" 2>/dev/null |
    awk -v port="$(printf '%04X' "$2")" '$4 == "0A" { n = split($2, a, ":"); if (a[n] == port) print $10 }'
}

# holders PORT: pids of who holds the listening port here, on whichever address, of the processes that we may look at; then "hidden" where
# others hold it, too
holders() {
  INODES=$(listeners self "$1" | tr '\n' ' ')
  [ -n "$INODES" ] || return 0
  # shellcheck disable=SC2010,SC2012  # names under /proc are numbers
  ls -l /proc/[0-9]*/fd 2>/dev/null | awk -v inodes="$INODES" '
    BEGIN { n = split(inodes, all, " "); for (i = 1; i <= n; i++) want["socket:[" all[i] "]"] = 1 }
    /^\/proc\// { split($1, path, "/"); pid = path[3] }
    $NF in want { found[$NF] = 1; if (!(pid in told)) print pid; told[pid] = 1 }
    END { for (w in want) if (!(w in found)) { print "hidden"; exit } }'
}

# held PORT: the addresses at which somebody listens on it, one a line; * for all, of which for would make file names; those of IPv6 as
# the kernel writes them
held() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    awk -v port="$(printf '%04X' "$1")" '$4 == "0A" { n = split($2, a, ":"); if (a[n] == port) print a[1] }' |
    while read -r HEX; do
      case $HEX in
        *[!0]*) ;;
        *) HEX='*' ;;
      esac
      HEX=${HEX#0000000000000000[Ff][Ff][Ff][Ff]0000} # IPv4 by a socket of IPv6
      if [ ${#HEX} = 8 ]; then
        # shellcheck disable=SC2046  # four numbers; the first byte is written last, as nearly all machines do
        set -- $(printf '%s' "$HEX" | sed 's/\(..\)\(..\)\(..\)\(..\)/0x\4 0x\3 0x\2 0x\1/')
        HEX=$(($1)).$(($2)).$(($3)).$(($4))
      fi
      echo "$HEX"
    done
}

# holder PORT: the first of them; 1 when none is seen
holder() {
  for P in $(holders "$1"); do
    if [ "$P" != hidden ]; then echo "$P"; return 0; fi
  done
  return 1
}

# PID and title of every Redis server that runs, whoever it belongs to: by the name of the program that was started, as ps shows it;
# the children that save are not servers
redis_servers() {
  set --
  for d in /proc/[0-9]*; do
    IFS= read -r comm 2>/dev/null <"$d/comm" || continue
    case $comm in redis-server | redis-sentinel | valkey-server | valkey-sentine* | keydb-server) set -- "$@" "$d/cmdline" ;; esac
  done
  # head names each of several files
  [ $# = 0 ] || head -n 1 "$@" /dev/null 2>/dev/null | tr '\000' ' ' | awk '
    /^==> \/proc\/[0-9]+\/cmdline <==$/ { split($0, path, "/"); pid = path[3]; next }
    { sub(/ *$/, "") }
    pid != "" && $0 != "" { if ($0 !~ /-rdb-bgsave|-aof-rewrite|-rdb-to-slave/) print pid, $0; pid = "" }'
}

# ports_of PID…: a line for each of these processes into which we may look: the pid, and the ports on which it listens
ports_of() {
  TABLES='/proc/self/net/tcp /proc/self/net/tcp6'
  FOLDERS=
  for P in "$@"; do
    [ -r "/proc/$P/fd" ] || continue
    FOLDERS="$FOLDERS /proc/$P/fd"
    # one in a network of its own has a table of its own
    # shellcheck disable=SC3013 # dash and busybox have -ef
    [ "/proc/$P/ns/net" -ef /proc/self/ns/net ] || TABLES="$TABLES /proc/$P/net/tcp /proc/$P/net/tcp6"
  done
  # ls names each of several folders
  # shellcheck disable=SC2012,SC2086 # names of /proc/PID/fd are numbers; a list
  { cat $TABLES; ls -l /dev/null $FOLDERS; } 2>/dev/null | awk '
    function number(hex,  i, n) {
      for (i = 1; i <= length(hex); i++) n = n * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
      return n
    }
    $1 ~ /^[0-9]+:$/ { if ($4 == "0A") { n = split($2, a, ":"); port["socket:[" $10 "]"] = number(a[n]) } next }
    /^\/proc\/[0-9]+\/fd:$/ { split($0, path, "/"); pid = path[3] }
    $NF in port { print pid, port[$NF] }' | sort -n -u -k1,1 -k2,2 | awk '
    $1 != last { if (last != "") print ""; printf "%s", last = $1 }
    { printf " %s", $2 }
    END { if (last != "") print "" }'
}
