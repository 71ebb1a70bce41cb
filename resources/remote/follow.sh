# shellcheck shell=sh
# Follows files: for each piece that was added, "at INDEX INODE OFFSET", the bytes, "end". Looks three times a second.
# A file that is renamed stays open (a sleeping process holds it), so its last lines are seen; one that was emptied is read anew: it has
# shrunk, or grown and begins otherwise. How each begins is told by "begins INDEX HEAD".
# Arguments: count, and per file file_I, inode_I, offset_I and head_I: where to go on; offset -1 is its end, inode 0 is "none yet", and 0-
# says nothing of how it began.
# shellcheck disable=SC2154 # the arguments

# piece I PATH INODE FROM TO; that a file was emptied is told although nothing is in it
piece() {
  [ "$5" -gt "$4" ] || [ "$4" = 0 ] || return 0
  printf '::%s at %s %s %s\n' "$N" "$1" "$3" "$4"
  tail -c "+$(($4 + 1))" <"$2" | head -c "$(($5 - $4))"
  printf '::%s end\n' "$N"
}

# begins PATH BYTES: sets head to a sum of that many of its first bytes, at most 64
begins() {
  bytes=$2
  [ "$bytes" -le 64 ] || bytes=64
  # shellcheck disable=SC2046 # two numbers
  set -- $(head -c "$bytes" <"$1" | cksum)
  head=$bytes-$1
}

# other PATH HEAD: whether it begins otherwise by now
other() {
  [ "${2%%-*}" != 0 ] || return 1
  begins "$1" "${2%%-*}"
  [ "$head" != "$2" ]
}

# known I PATH SIZE HEAD: what is read of it by then, and how it begins, which is told as far as it was not: before it is read, so that what
# is emptied meanwhile is seen to be another
known() {
  eval "offset_$1=$3 head_$1=$4"
  if [ "${4%%-*}" != 64 ]; then
    begins "$2" "$3"
    eval "head_$1=$head"
    printf '::%s begins %s %s\n' "$N" "$1" "$head"
  fi
}

# hold PATH: keeps the file open whatever becomes of its name; sets held (a path to it), inode and size
hold() {
  { sleep 99999999 & } 7<"$1" || return 1
  holder=$!
  held=/proc/$holder/fd/7
  # shellcheck disable=SC2046 # two numbers
  set -- $(stat -L -c '%i %s' "$held")
  inode=$1
  size=$2
}

# adopt I PATH FROM HEAD: a file that is new under this name; FROM -1 is its end
adopt() {
  hold "$2" || return 0
  from=$3
  if [ "$from" -lt 0 ]; then
    from=$size
    printf '::%s at %s %s %s\n::%s end\n' "$N" "$1" "$inode" "$from" "$N"
  elif [ "$from" -gt "$size" ] || other "$held" "$4"; then
    from=0
  fi
  eval "holder_$1=$holder inode_$1=$inode"
  known "$1" "$held" "$size" 0-
  piece "$1" "$held" "$inode" "$from" "$size"
}

# resume I PATH: goes on where an earlier connection stopped, also when the file has another name by now
resume() {
  eval "old=\$inode_$1 from=\$offset_$1 begun=\$head_$1"
  eval "inode_$1=0"
  if [ "$old" != 0 ] && [ "$(stat -L -c %i -- "$2" 2>/dev/null)" != "$old" ]; then
    renamed=$(find "${2%/*}/" -maxdepth 1 -type f -inum "$old" 2>/dev/null | head -n 1)
    if [ -n "$renamed" ] && hold "$renamed"; then
      piece "$1" "$held" "$inode" "$from" "$size"
      kill "$holder"
    fi
    from=0
    begun=0-
  fi
  [ ! -r "$2" ] || adopt "$1" "$2" "$from" "$begun"
}

# look I PATH INODE SIZE: what stat says of the path now
look() {
  eval "held=/proc/\$holder_$1/fd/7 holder=\$holder_$1 was=\$inode_$1 from=\$offset_$1 begun=\$head_$1"
  if [ "$was" = 0 ]; then
    adopt "$1" "$2" 0 0-
  elif [ "$3" != "$was" ]; then
    piece "$1" "$held" "$was" "$from" "$(stat -L -c %s "$held")"
    kill "$holder"
    adopt "$1" "$2" 0 0-
  elif [ "$4" -lt "$from" ] || { [ "$4" -gt "$from" ] && other "$held" "$begun"; }; then
    size=$(stat -L -c %s "$held")
    known "$1" "$held" "$size" 0-
    piece "$1" "$held" "$was" 0 "$size"
  elif [ "$4" -gt "$from" ]; then
    known "$1" "$held" "$4" "$begun"
    piece "$1" "$held" "$was" "$from" "$4"
  fi
}

i=0
while [ "$i" -lt "$count" ]; do
  eval "file_$i=\$(expand \"\$file_$i\")"
  eval "resume $i \"\$file_$i\""
  i=$((i + 1))
done
mark ready
while :; do
  i=0
  there=
  set --
  while [ "$i" -lt "$count" ]; do
    eval "path=\$file_$i holder=\${holder_$i:-}"
    if [ -r "$path" ] && [ -f "$path" ]; then
      set -- "$@" "$path"
      there="$there $i"
    elif [ -n "$holder" ]; then
      set -- "$@" "/proc/$holder/fd/7"
      there="$there $i"
    fi
    i=$((i + 1))
  done
  if [ $# -gt 0 ] && stats=$(stat -L -c '%i %s' -- "$@" 2>/dev/null); then
    # shellcheck disable=SC2086 # pairs of numbers
    set -- $stats
    for i in $there; do
      eval "look $i \"\$file_$i\" $1 $2"
      shift 2
    done
  fi
  sleep .3 || sleep 1
done
