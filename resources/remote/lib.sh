# shellcheck shell=sh
# What every script may use. Given: N (the nonce of this run) and $1 (the home of the user who signed in).
# 3: answers from the other computer, 4: the marked lines (also from within $(…)); neither is for daemons, see spawn.
# Names in capitals are this file's; the script's arguments are in small letters.
LOGIN_HOME=$1
exec 3<&0 4>&1 </dev/null
NL='
'
TAB=$(printf '\t')
CR=$(printf '\r')

# encoded VALUE: % and white space as %XX, and %0A at the end
encoded() { printf '%s\n' "$1" | sed -e 's/%/%25/g' -e 's/ /%20/g' -e "s/$TAB/%09/g" -e "s/$CR/%0D/g" -e 's/$/%0A/' | tr -d '\n'; }

# swapped FROM TO: V with TO for each FROM
swapped() {
  case $V in *"$1"*) ;; *) return 0 ;; esac
  W=
  until [ "$V" = "${V#*"$1"}" ]; do
    W=$W${V%%"$1"*}$2
    V=${V#*"$1"}
  done
  V=$W$V
}

# escaped VALUE: V is it with % and white space as %XX; a short one costs no process
escaped() {
  V=$1
  case $V in
    *[%\ "$NL$TAB$CR"]*) ;;
    *) return 0 ;;
  esac
  if [ "${#V}" -gt 999 ]; then
    V=$(encoded "$V")
    V=${V%?0A}
  else
    swapped % %25
    swapped ' ' %20
    swapped "$NL" %0A
    swapped "$TAB" %09
    swapped "$CR" %0D
  fi
}

# mark WORD VALUE…: one marked line
mark() {
  M="::$N $1"
  shift
  for X in "$@"; do
    escaped "$X"
    M="$M $V"
  done
  printf '%s\n' "$M" >&4
}

# fact KEY VALUE
fact() { mark fact "$1" "$2"; }

# progress PERCENT WHAT: -1 where it can't be told
progress() { mark progress "$1" "$2"; }

# say KEY name=value…
say() { mark say "$@"; }

# verdict done|needed [KEY name=value…]: ends the script
verdict() {
  mark verdict "$@"
  exit 0
}

# blocked KEY name=value…: ends the script; what to do about it is KEY.next
blocked() {
  mark blocked "$@"
  exit 0
}

# fail KEY name=value…: ends the script as failed; what to do about it is KEY.next
fail() {
  mark failed "$@"
  exit 1
}

# secret=$(ask NAME): prints a secret that is sent only now; 1 where there is none
ask() {
  mark ask "$1"
  IFS= read -r A <&3 || return 1
  case $A in
    =*) printf '%s' "${A#=}" ;;
    *) return 1 ;;
  esac
}

# finally TEXT: runs it when the script ends, be it by a signal, and also where nobody listens any more: a shell that says of a child
# that it was terminated would die of that
finally() {
  FINALLY=$1
  trap 'trap "" TERM HUP INT PIPE; eval "$FINALLY"' EXIT
  trap 'exit 143' TERM HUP INT PIPE
}

# spawn CMD…: starts a daemon that outlives this run, in a session of its own; its pid is $SPAWNED.
# $(…) ends when the daemon lets go of its stdout: by then it has left the group that ends with this script.
spawn() {
  # shellcheck disable=SC2016,SC2034 # for the inner shell; for the script
  SPAWNED=$(setsid sh -c 'echo $$; exec "$@" >/dev/null' sh "$@" </dev/null 2>/dev/null 3<&- 4>&- &)
}

# changes_account: whether root can run a program as another account by setpriv; busybox has one of that name that knows no accounts
changes_account() { setpriv --reuid "$(id -u)" true >/dev/null 2>&1; }

# called WORD: the pids of processes that have this word among their arguments. Others cost no process of their own to look at.
called() {
  for DIR in /proc/[0-9]*; do
    FOUND=
    {
      while IFS= read -r WORDS || [ -n "$WORDS" ]; do
        case $WORDS in *"$1"*) FOUND=yes ;; esac
      done <"$DIR/cmdline" || true
    } 2>/dev/null
    if [ -n "$FOUND" ] && tr '\0' '\n' <"$DIR/cmdline" 2>/dev/null | grep -qxF -e "$1"; then echo "${DIR#/proc/}"; fi
  done
}

# is_called WORD: whether such a process runs
is_called() { [ -n "$(called "$1")" ]; }
none_called() { ! is_called "$1"; }

# soon CMD…: waits until it holds; 1 when it does not within two seconds
soon() {
  TRIES=0
  until "$@"; do
    TRIES=$((TRIES + 1))
    [ "$TRIES" -le 40 ] || return 1
    sleep 0.05 2>/dev/null || sleep 1
  done
}

# end_session WORD: ends the sessions led by processes that have this word, and waits until they are gone; 1 when they stay
end_session() {
  for LEADER in $(called "$1"); do kill -TERM "-$LEADER" 2>/dev/null || kill -TERM "$LEADER" 2>/dev/null || true; done
  soon none_called "$1"
}

# lasts: whether what is spawned goes on when we have gone: logind may be told to end all of a session with it, but for some users
lasts() {
  has_all setsid sleep || return 1
  [ "$(logind KillUserProcesses)" != yes ] || case " $(logind KillExcludeUsers) " in *" ${SUDO_USER:-$(id -un)} "*) ;; *) return 1 ;; esac
}

logind() { loginctl show-session -p "$1" --value 2>/dev/null; }

# has_all CMD…: whether each of these commands is here
has_all() {
  for CMD in "$@"; do command -v "$CMD" >/dev/null 2>&1 || return 1; done
}

# arm WORD SECONDS TEXT NAME ARG…: a timer, called WORD until then: after so long a shell runs TEXT with these arguments, whatever became of
# us by then; it has nothing of what is here. 1 when it does not run, or would not last
arm() {
  lasts || return 1
  # shellcheck disable=SC2016 # for the timer
  spawn sh -c 'sleep "$1"; shift; exec sh -c "$@"' "$@"
  soon is_called "$1"
}

# time_zone: facts offset and, where the zone has a name, zone: offsets change with the seasons
time_zone() {
  ZONE=$(readlink -f /etc/localtime 2>/dev/null)
  case $ZONE in
    */zoneinfo/*) fact zone "${ZONE##*/zoneinfo/}" ;;
  esac
  fact offset "$(date +%z)"
}

# sha256 FILE: prints the hex digest
sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -c 1-64
  else
    openssl dgst -sha256 -r <"$1" | cut -c 1-64
  fi
}

# expand PATH: absolute; ~ and relative paths are below the home of the user who signed in
expand() {
  # shellcheck disable=SC2088 # the tilde is text here
  case $1 in
    /*) printf '%s\n' "$1" ;;
    '~') printf '%s\n' "$LOGIN_HOME" ;;
    '~/'*) printf '%s\n' "$LOGIN_HOME/${1#??}" ;;
    *) printf '%s\n' "$LOGIN_HOME/$1" ;;
  esac
}

# copies: a folder of whoever signed in, for what root is to take over; who takes the last of it removes it
copies() { printf '%s\n' "$LOGIN_HOME/.clusterdeck-copies"; }

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

# held PORT: the addresses at which somebody listens on it; * for all, those of IPv6 as the kernel writes them
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

# node_account USER DIR: as whom root runs the programs of a node: its account, or whoever owns its folder where that is not known
node_account() {
  ACCOUNT=${1:-$(stat -c %U "$2" 2>/dev/null)}
  if [ "$(id -u)" != 0 ] || [ "$ACCOUNT" = root ] || ! id "$ACCOUNT" >/dev/null 2>&1; then ACCOUNT=; fi
}

# as_node CMD…: as that account: it can put there what it likes, and gets none of root's rights by it
as_node() {
  if [ -z "${ACCOUNT:-}" ]; then
    "$@"
  elif changes_account; then
    setpriv --reuid "$ACCOUNT" --regid "$(id -g "$ACCOUNT")" --init-groups "$@"
  else
    # shellcheck disable=SC2016  # expanded by the shell of that account
    su -s /bin/sh -c 'exec "$@"' -- "$ACCOUNT" sh "$@"
  fi
}

# aof_work: sets work to a folder of ours that the node's account may look into: that of root's own files may be closed to it
aof_work() { work=$(if [ -n "$ACCOUNT" ]; then TMPDIR=/tmp mktemp -d; else mktemp -d; fi) && chmod 711 "$work" && (umask 077 && : >"$work/out"); }

# aof_target SERVER DIR AOF AOFDIR: sets TARGET to the append-only file that this server loads, and MULTI where that is the manifest of a
# folder: of 7.0 and later only, whatever another release has left beside it. AOFDIR may be empty
# shellcheck disable=SC2034 # for the script
aof_target() {
  MULTI=
  TARGET=$2/$3
  [ -n "$4" ] && [ -e "$2/$4/$3.manifest" ] || return 0
  case $(as_node "$1" --version 2>/dev/null) in *' v=2.'* | *' v=3.'* | *' v=4.'* | *' v=5.'* | *' v=6.'*) return 0 ;; esac
  MULTI=1
  TARGET=$2/$4/$3.manifest
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

# after PREFIX LINES: A is what follows PREFIX in the first of these lines that begins so; empty where none does
after() {
  A=
  case $NL$2 in
    *"$NL$1"*)
      A=$NL$2
      A=${A#*"$NL$1"}
      A=${A%%"$NL"*}
      ;;
  esac
}

# place FROM TO: FROM takes the place of TO; a link there is not followed, and nothing goes into a folder there
place() { mv -fT "$1" "$2" 2>/dev/null || { [ ! -d "$2" ] && mv -f "$1" "$2"; }; }

# new_beside PATH: prints a new folder beside it that only we may enter, called after this process: what is begun there takes its place
# in one go, or is swept away later. No part of its own path is a link
new_beside() (cd "${1%/*}/" && mktemp -d "$(pwd -P)/.clusterdeck-$$.XXXXXX") 2>/dev/null

# sweep FOLDER [MINUTES]: what scripts began in it by such a name and nobody is at any more, at least so many minutes old. Only what is
# ours, and of folders only what we put there; whoever owns FOLDER can lead us nowhere by links
sweep() {
  THERE=$(cd "$1" 2>/dev/null && pwd -P) || return 0
  find "$THERE/." ! -name . -prune -name '.clusterdeck-[0-9]*.??????*' ${2:+-mmin "+$2"} -print 2>/dev/null |
    while IFS= read -r FOUND; do
      FOUND=$THERE/${FOUND##*/}
      BY=${FOUND##*/.clusterdeck-}
      BY=${BY%%.*}
      case $BY in *[!0-9]*) continue ;; esac
      [ -d "/proc/$BY" ] || swept "$FOUND" 2>/dev/null
    done
}

# shellcheck disable=SC3067 # dash and busybox have -O
swept() (
  if [ -f "$1" ] && [ ! -L "$1" ] && [ -O "$1" ]; then rm -f "$1"; fi
  cd "$1" && [ "$(pwd -P)" = "$1" ] && [ -O . ] || exit 0
  rm -rf new
  find . -type f \( -name new -o -name copy -o -name .clusterdeck -o -name .clusterdeck-lease \) -exec rm -f {} +
  find . -depth -type d ! -name . -exec rmdir {} +
  cd / && rmdir "$1"
)

# inside FOLDER NAME: from here on this shell works in the folder of that name in there; where FOLDER is another's, who may put links there,
# nowhere to which a link of that name leads
# shellcheck disable=SC3067 # dash and busybox have -O
inside() { cd "$1/$2" 2>/dev/null && { [ -O "$1/" ] || [ "$(pwd -P)" = "$(readlink -f "$1")/$2" ]; }; }

# workshop FOLDER NAME: makes it where it is missing, and works inside it; as root only where nobody else may put a link into it
# shellcheck disable=SC3067
workshop() { (umask 022 && mkdir -p "$1/$2") && inside "$1" "$2" && { [ "$(id -u)" != 0 ] || [ -O . ]; }; }

# aside FOLDER [NAME]: from here on this shell works in a folder in there that only we may enter: whoever owns FOLDER can put no link where
# we write, be it as root; nor may a link of that NAME lead elsewhere. It holds "new" and "copy", from where they are placed in "..", and
# goes when this shell ends
aside() {
  FOLDER=$(if [ -n "${2:-}" ]; then inside "$1" "$2" && pwd -P; else readlink -f "$1"; fi) || return 1
  sweep "$FOLDER" 10
  ASIDE=
  finally leave_aside
  ASIDE=$(new_beside "$FOLDER/.") || return 1
  # shellcheck disable=SC3067  # dash and busybox have it
  cd "$ASIDE" && [ "$(pwd -P)" = "$ASIDE" ] && [ -O . ]
}

leave_aside() {
  if [ -z "$ASIDE" ]; then return; fi
  if [ "$(pwd -P)" = "$ASIDE" ]; then rm -f new copy; fi
  cd / && rmdir "$ASIDE"
}

# ours FOLDER PART NAME…: notes that these are made by us in that part of the folder, before they are: only what is noted is removed again
ours() (
  aside "$1" "$2" || exit 1
  shift 2
  if ! cp -pP ../.clusterdeck new 2>/dev/null || [ -L new ]; then rm -f new; fi
  for NAME in "$@"; do grep -qxF -e "$NAME" new 2>/dev/null || printf '%s\n' "$NAME" >>new || exit 1; done
  place new ../.clusterdeck
)

# checked_aof WORK SERVER AOF [--fix]: redis-check-aof on a file or a manifest: the one beside SERVER, or SERVER by that name in WORK. Valkey 9 begins dumps with VALKEY where its own valkey-check-aof looks for REDIS, and calls every such base
# broken (seen with 9.1.2): that one is checked as the dump that it is, and the rest without it.
checked_aof() {
  CHECK=$(dirname "$2")/redis-check-aof
  if [ ! -x "$CHECK" ]; then
    CHECK=$1/redis-check-aof
    ln -sf "$2" "$CHECK"
  fi
  LIST=$3
  HOME_OF=$(cd "$(dirname "$3")" && pwd -P) || return
  BASE=
  case $3 in *.manifest) BASE=$(as_node sed -n 's/^file \([^ ]*\) .*type b.*/\1/p' "$3" | head -n 1) ;; esac
  if [ -n "$BASE" ] && [ "$(as_node head -c 6 "$HOME_OF/$BASE" 2>/dev/null)" = VALKEY ]; then
    ln -sf "$2" "$1/redis-check-rdb"
    as_node "$1/redis-check-rdb" "$HOME_OF/$BASE" || return
    rm -rf "$1/parts" && mkdir -m 755 "$1/parts"
    LIST=$1/parts/${3##*/}
    : >"$LIST" && chmod 644 "$LIST"
    as_node grep -v 'type b' "$3" >"$LIST" || return 0
    sed -n 's/^file \([^ ]*\) .*/\1/p' "$LIST" | while IFS= read -r PART; do ln -s "$HOME_OF/$PART" "$1/parts/$PART"; done
  fi
  if [ "${4:-}" = --fix ]; then printf 'y\n' | as_node "$CHECK" --fix "$LIST"; else as_node nice -n 19 "$CHECK" "$LIST"; fi
}

# installed FOLDER: prints which release lies in bin/ and share/ in there, where each program is as it was installed; 1 otherwise
installed() {
  LIST=$1/bin/.clusterdeck
  [ -r "$LIST" ] && [ -x "$1/bin/redis-server" ] && [ -f "$1/share/redis.conf" ] || return 1
  while IFS='=' read -r NAME SUM; do
    case $NAME in
      redis-*) [ -f "$1/bin/$NAME" ] && [ "$(sha256 "$1/bin/$NAME")" = "$SUM" ] || return 1 ;;
    esac
  done <"$LIST"
  sed -n 's/^release=//p' "$LIST" | tail -n 1
}

# shellcheck disable=SC2034 # for the scripts
UNITS=/etc/systemd/system

# unit_name CLUSTER PORT: the name of a node's unit. Where the cluster's name holds what that of a unit may not, and so would look like others,
# a sum tells it from them (BuildPlanner.unit names it alike)
unit_name() {
  PLAIN=$(printf '%s' "$1" | tr -c 'A-Za-z0-9_\n' '_')
  [ "$PLAIN" = "$(printf '%s' "$1" | tr - _)" ] || PLAIN=$PLAIN-$(printf '%s' "$1" | sha256 /dev/stdin | cut -c 1-8)
  echo "clusterdeck-$PLAIN-$2.service"
}

# exec_start ROOT PORT: the line of a unit that starts that node: specifiers and quotes are escaped (systemd.service(5), systemd.unit(5))
exec_start() {
  FOLDER=$(printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/%/%%/g' -e 's/\$/$$/g')
  printf 'ExecStart="%s/bin/redis-server" "%s/%s/redis.conf"\n' "$FOLDER" "$FOLDER" "$2"
}

# starts_ours FILE ROOT PORT: whether that unit starts that node
starts_ours() { grep -qxF -e "$(exec_start "$2" "$3")" "$1" 2>/dev/null; }

# vacant FOLDER: it is not there, or was made for a lease, which says so, and holds nothing else
vacant() {
  [ -e "$1" ] || return 0
  LEASE=$(find "$1" -type f -name .clusterdeck-lease 2>/dev/null | head -n 1)
  [ -n "$LEASE" ] || return 1
  TOP=$(sed -n 4p "$LEASE")
  case $1/ in "${TOP:-?}"/*) ;; *) return 1 ;; esac
  [ -z "$(find "$1" ! -type d ! -name .clusterdeck-lease -print | head -n 1)" ]
}
