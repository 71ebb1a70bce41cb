# shellcheck shell=sh
# How full the file system of a folder is: facts free and total, in bytes.
# shellcheck disable=SC2154 # $verb and $dir come from the invocation
case $verb in
look)
  [ -d "$dir" ] || fail deck.no-folder folder="$dir"
  # POSIX df -P: one line per file system, 1024-byte blocks with -k; the name in front may hold spaces, the mount point behind, too
  df -Pk "$dir" | sed -n '2s/.*[[:space:]]\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*[[:space:]][[:space:]]*\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*%.*/\1 \2/p' |
    while read -r total free; do
      fact total "$((total * 1024))"
      fact free "$((free * 1024))"
    done
  ;;
esac
