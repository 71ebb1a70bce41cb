# shellcheck shell=sh
# The lease: the right to change the cluster whose folder this is, held as long as this script runs.
#   hold folder= others= who= since= plan=   says plan.lease.held and stays; fails with plan.leased while somebody else holds it
# others, one a line: folders of further nodes on this host, held as far as they are there and may be written to. Another Clusterdeck may know
# other nodes of this host than we do, and begin with one of those.
# The lock is flock's, on a file in the folder: it falls with the last process that has the file open, whatever ends it.
# shellcheck disable=SC2154 # verb and the arguments come with the invocation

folder=$(expand "$folder")
others=${others:-}
file=$folder/.clusterdeck-lease
# The topmost folder that goes with the lease: of those that were made for it, or the cluster's own, where it held other things when it was
# taken and holds nothing any more (the cluster was destroyed meanwhile, and its folder could not go because of our file).
top=
made=
new=
held=

denied() {
  fail plan.lease.denied "folder=$folder" "user=$(id -un)"
}

noted() { # noted LINE: what the one who holds it wrote there
  sed -n "$1p" /proc/self/fd/9 2>/dev/null
}

# opened FILE: whether it is the one that we opened
# shellcheck disable=SC3013  # dash and busybox have it
opened() { [ "$1" -ef /proc/self/fd/9 ]; }

# still_ours FOLDER: whether the lease in there is the one that we hold, or there is none any more
still_ours() { [ ! -e "$1/${file##*/}" ] || opened "$1/${file##*/}"; }

# holds_more FOLDER NAME [NAME]: than these. Here and below no process is begun that can be spared: letting go has little time
holds_more() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ ! -e "$entry" ] && [ ! -L "$entry" ]; then continue; fi
    case ${entry##*/} in "$2" | "${3:-$2}") ;; *) return 0 ;; esac
  done
  return 1
}

# above FOLDER: sets up to the one in which it is
above() {
  up=${1%/*}
  up=${up:-/}
}

# holding FOLDER NAME: from here upwards, as far as there is more in it than NAME and a lease, to the cluster's own folder. Where none above
# says that it is a cluster's, they are somebody else's
holding() {
  while [ "$1" != / ] && holds_more "$1" "$2" "${file##*/}"; do
    if [ -f "$1/.clusterdeck" ]; then
      top=$1
      return
    fi
    above "$1"
    set -- "$up" "${1##*/}"
  done
}

# vacated FOLDER TOP: sets goes to the topmost from FOLDER up to TOP that holds nothing but the way to our lease, and that we may move
vacated() {
  goes=
  still_ours "$1" || return
  set -- "$1" "$2" "${file##*/}"
  while above "$1" && [ -w "$up" ] && [ -r "$1" ] && [ -w "$1" ] && ! holds_more "$1" "$3"; do
    goes=$1
    [ "$1" != "$2" ] || break
    set -- "$up" "$2" "${1##*/}"
  done
}

# clear_away FOLDER: what was vacated, in one go and while the lock is held. Whoever begins to take the lease finds the folder as it was, or none
# and makes it anew: one that went piece by piece he might find half gone, and would leave, since he had not made it.
clear_away() {
  vacated "$1" "$top"
  [ -n "$goes" ] || return
  rest=${1#"$goes"}
  name=./${goes##*/}
  above "$goes"
  # from inside, where nobody who owns what is above leads us elsewhere
  cd "$up" && aside=$(mktemp -d "./.clusterdeck-$$.XXXXXX") || return
  gone=$aside/gone
  place "$name" "$gone" || {
    rmdir "$aside"
    return
  }
  if ! vacated "$gone$rest" "$gone" || [ "$goes" != "$gone" ]; then
    place "$gone" "$name" || return # of somebody who was quicker than a look
  fi
  rm -f "$gone$rest/${file##*/}"
  rmdir -p "${gone#./}$rest" || rmdir "$aside"
}

let_go() {
  if [ -n "$new" ]; then swept "$new"; fi
  # somebody else's, be it because who destroyed the cluster took ours away
  if [ -z "$held" ] || ! still_ours "$folder"; then return; fi
  up=$folder
  while [ ! -d "$up" ]; do above "$up"; done
  case $up/ in "${top:-?}"/*) clear_away "$up" 2>/dev/null ;; esac
  if opened "$file"; then rm -f "$file"; fi
}

# shared FOLDER: sets made to a folder that was made for the lease of another node, and FOLDER with it: it goes with the last of them
# shellcheck disable=SC3067 # dash and busybox have -O
shared() {
  for other in "$1"/*/"${file##*/}" "$1"/*/*/"${file##*/}"; do
    if [ -O "$other" ] && [ ! -L "$other" ]; then
      line=$(sed -n 4p "$other" 2>/dev/null)
      case $1/ in "${line:-?}"/*) made=$line ;; esac
    fi
  done
}

lines() {
  printf '%s\n%s\n%s\n%s\n' "$who" "$since" "$plan" "$made"
}

# The folder and those above it that are missing, in one go with the lease and its fourth line: one that said nothing of itself would be
# somebody's for ever after, were we ended between. 1 when it is there by now, or when the one in which it is to be made has gone.
make() {
  top=$folder
  while [ ! -d "$(dirname "$top")" ]; do top=$(dirname "$top"); done
  made=$top
  sweep "$(dirname "$top")" 10
  shared "$(dirname "$top")"
  if ! new=$(new_beside "$top"); then
    [ ! -d "$(dirname "$top")" ] || denied
    top='' made=''
    return 1
  fi
  below=$new${folder#"$top"}
  if ! { mkdir -p "$below" && chmod 755 "$new" && lines >"$below/${file##*/}"; } 2>/dev/null; then
    swept "$new"
    denied
  fi
  exec 9<>"$below/${file##*/}"
  flock -n 9
  # not held before: what lies at its place until then is another's
  if place "$new" "$top" 2>/dev/null; then
    held=yes
    new=
    top=$made
    return
  fi
  swept "$new"
  new=
  made=
  top=
  return 1
}

# The lock on the file in a folder that is there. 1 when it has gone.
take() {
  holding "$folder" "${file##*/}"
  while :; do
    if [ ! -d "$folder" ]; then
      top=
      return 1
    fi
    if [ -L "$file" ] || { [ ! -w "$folder" ] && [ -d "$folder" ]; }; then denied; fi
    # "command": a failed exec would end the shell without a word
    if ! { command exec 9<>"$file" || command exec 9<"$file"; } 2>/dev/null; then
      [ ! -d "$folder" ] || denied
      continue
    fi
    if ! flock -n 9; then
      opened "$file" || continue # its holder takes it away
      [ -n "$(noted 3)" ] || sleep 1 # it has only just been taken
      fail plan.leased "who=$(noted 1)" "since=$(noted 2)" "plan=$(noted 3)"
    fi
    # Whoever owns the folder may have put a link there meanwhile, and we may be root.
    [ ! -L "$file" ] || denied
    # The one before may have removed the file after we opened it: then the lock is on nothing that others see.
    opened "$file" || continue
    [ -w "$file" ] && break
    made=$(noted 4)
    rm -f "$file" 2>/dev/null || denied # left by a crash under another user
  done
  # what was made for one before that did not end by itself
  line=$(noted 4)
  made=${line:-$made}
  case $folder/ in
    "${made:-?}"/*) [ -n "$top" ] && [ "${#top}" -lt "${#made}" ] || top=$made ;;
    *) made= ;;
  esac
  held=yes
  # into what was looked at: its name may lead elsewhere by now. Of a longer holder's lines only those behind the fourth stay.
  lines >&9 2>/dev/null || denied
}

hold() {
  command -v flock >/dev/null 2>&1 || fail plan.lease.no-flock
  umask 022
  finally let_go
  tries=0
  until { [ -d "$folder" ] && take; } || make; do
    tries=$((tries + 1))
    [ "$tries" -lt 5 ] || denied
  done
  sweep "$folder" 10
  beside
}

# The others, one within the other: each lock has a shell of its own, and all fall with the first that ends.
beside() {
  while [ -n "$others" ]; do
    other=$(expand "${others%%"$NL"*}")
    case $others in *"$NL"*) others=${others#*"$NL"} ;; *) others= ;; esac
    if [ -d "$other" ] && [ -w "$other" ]; then
      (
        folder=$other file=$other/.clusterdeck-lease top='' made='' new='' held=''
        finally let_go
        if take; then :; fi
        beside
      )
      exit
    fi
  done
  say plan.lease.held
  while :; do
    sleep 86400 9<&- &
    wait "$!"
  done
}

case $verb in
  hold) hold ;;
esac
