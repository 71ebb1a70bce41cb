# shellcheck shell=sh
# What a script tells, and what it is told. First of all that every script may use (lib/). Given: N (the nonce of this run).
# 3: answers from the other computer, 4: the marked lines (also from within $(…)); neither is for daemons, see spawn.
# Names in capitals are the library's; the script's arguments are in small letters.
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

# time_zone: facts offset and, where the zone has a name, zone: offsets change with the seasons
time_zone() {
  ZONE=$(readlink -f /etc/localtime 2>/dev/null)
  case $ZONE in
    */zoneinfo/*) fact zone "${ZONE##*/zoneinfo/}" ;;
  esac
  fact offset "$(date +%z)"
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
