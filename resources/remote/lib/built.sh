# shellcheck shell=sh
# What building puts on a host: releases and units.

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
