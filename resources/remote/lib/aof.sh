# shellcheck shell=sh
# Append-only files, and what looks at them.

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
