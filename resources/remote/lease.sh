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
# The topmost folder that goes with the lease: of those that were made for it, or of those that held other things when it was
# taken and hold nothing any more (the cluster was destroyed meanwhile, and its folder could not go because of our file).
top=
made=
new=
held=

denied() {
  fail plan.lease.denied "folder=$folder" "user=$(id -un)"
}

noted() { # noted LINE: what the one who holds it wrote there
  sed -n "$1p" "$file" 2>/dev/null
}

inode() {
  # shellcheck disable=SC2012 # the inode of one known file
  ls -di "$@" 2>/dev/null | sed 's/^ *//; s/ .*//'
}

# holding FOLDER NAME: from here upwards, as far as there is more in it than NAME
holding() {
  while [ "$1" != / ] && [ -n "$(find "$1/." ! -name . -prune ! -name "${file##*/}" ! -name "$2" -print 2>/dev/null | head -n 1)" ]; do
    top=$1
    set -- "$(dirname "$1")" "${1##*/}"
  done
}

let_go() {
  if [ -n "$new" ]; then swept "$new"; fi
  if [ -z "$held" ]; then return; fi # it is somebody else's
  rm -f "$file"
  d=$folder
  # who destroyed the cluster may have taken some of them away
  while [ -n "$top" ] && { rmdir "$d" 2>/dev/null || [ ! -e "$d" ]; } && [ "$d" != "$top" ]; do d=$(dirname "$d"); done
}

lines() {
  printf '%s\n%s\n%s\n%s\n' "$who" "$since" "$plan" "$made"
}

# The folder and those above it that are missing, in one go with the lease and its fourth line: one that said nothing of itself would be
# somebody's for ever after, were we ended between. 1 when it is there by now.
make() {
  top=$folder
  while [ ! -d "$(dirname "$top")" ]; do top=$(dirname "$top"); done
  made=$top
  sweep "$(dirname "$top")" 10
  new=$(new_beside "$top") || denied
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
    return
  fi
  swept "$new"
  new=
  made=
  top=
  return 1
}

# The lock on the file in a folder that is there.
take() {
  holding "$folder" "${file##*/}"
  while :; do
    if [ ! -w "$folder" ] || [ -L "$file" ]; then denied; fi
    # A failed exec would end the shell without a word, hence the looks before.
    if [ ! -e "$file" ] || [ -w "$file" ]; then
      exec 9<>"$file"
    else
      [ -r "$file" ] || denied
      exec 9<"$file"
    fi
    if ! flock -n 9; then
      [ -n "$(noted 3)" ] || sleep 1 # it has only just been taken
      fail plan.leased "who=$(noted 1)" "since=$(noted 2)" "plan=$(noted 3)"
    fi
    # Whoever owns the folder may have put a link there meanwhile, and we may be root.
    [ ! -L "$file" ] || denied
    # The one before may have removed the file after we opened it: then the lock is on nothing that others see.
    [ "$(inode "$file")" = "$(inode -L /proc/self/fd/9)" ] || continue
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
  if [ -d "$folder" ] || ! make; then take; fi
  sweep "$folder" 10
  beside
}

# The others, one within the other: each lock has a shell of its own, and all fall with the first that ends.
beside() {
  while [ -n "$others" ]; do
    folder=$(expand "${others%%"$NL"*}")
    case $others in *"$NL"*) others=${others#*"$NL"} ;; *) others= ;; esac
    if [ -d "$folder" ] && [ -w "$folder" ]; then
      (
        file=$folder/.clusterdeck-lease top='' made='' new='' held=''
        finally let_go
        take
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
