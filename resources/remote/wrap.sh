# shellcheck shell=sh
# Runs one script in a process group of its own; ends the whole group when stdin closes or falls silent.
# The line that loaded this gave N (the nonce of this run).
# stdin holds a line with the number of lines of the script, the script, whose last line is ::N, then heartbeats (.) and, when the
# script asks, answers (any other line).
#
#   this shell ── both ── relay | keeper ── setsid sh (the script)
#              └ | setsid sh (the guard)
#
# Only the relay reads stdin. At its end it signals "both", which signals the keeper, which ends the group:
# no shell can tell an earlier part of a pipeline the pid of a later one, but all of them know $both.
# Where all of these are killed at once (kill -9 of the process group of who called us), nobody is left to do that but the guard: it sees
# the end of what only the keeper writes.
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unset ENV BASH_ENV CDPATH LANGUAGE
home=${1:-$HOME}
command -v setsid >/dev/null 2>&1 || {
  printf '\n::%s missing setsid\n' "$N"
  exit 127
}
# head reads it in one go, and may read on: answers come only after they were asked for, and a heartbeat can be spared. The shell itself
# would have to ask for each byte.
IFS= read -r lines
c=$(head -n "$lines")
case $c in *"::$N") c=${c%"::$N"} ;; *) exit 99 ;; esac
printf '\n::%s begin\n' "$N"
printf '\n::%s begin\n' "$N" >&2
# 3: what the other computer sends, 5: the script's stderr, 6: its stdout
exec 3<&0 5>&2 6>&1 </dev/null 2>/dev/null

# Beside the relay: when no line came for 60 seconds, the other computer has gone.
listen() {
  s=
  trap 'heard=1' USR2
  # $! is there before $s is; and twice, since a child that is being started may lose the first signal
  trap 'kill "$!"; sleep .1 || sleep 1; kill "$!"; exit' TERM
  while :; do
    heard=
    sleep 60 &
    s=$!
    while kill -0 "$s"; do wait "$s"; done
    [ -n "$heard" ] || break
  done
  kill -USR1 "$both"
  kill -TERM "$1"
}

relay() {
  read -r me _ </proc/self/stat
  listen "$me" >/dev/null 3<&- &
  ear=$!
  trap 'kill "$ear"' EXIT
  trap 'exit' PIPE
  printf '%s' "$c"
  while IFS= read -r l <&3; do
    kill -USR2 "$ear"
    [ "$l" = . ] || printf '%s\n' "$l"
  done
  kill -USR1 "$both"
}

# As text, for the guard has nothing of what is here. A host with much to do needs a while to tidy up; without jobs busybox keeps the
# zombie, and kill finds it.
# shellcheck disable=SC2016 # for eval
END='
  kill -TERM "-$g" || kill -TERM "$g"
  for pause in .01 .02 .05 .1 .2 .3 .3 .5 .5 1 1; do
    sleep $pause || sleep 1
    jobs >/dev/null
    kill -0 "-$g" || break
  done
  if kill -0 "-$g"; then kill -KILL "-$g"; fi'

end_group() {
  ending=1
  [ -z "$g" ] || eval "$END"
}

keeper() {
  g=
  ending=
  trap end_group USR1
  exec 4<&0 </dev/null
  # shellcheck disable=SC2016 # for the inner shell
  setsid sh -c 'echo "$$" >&7; exec 7>&-; IFS= read -r b; eval "$b"' clusterdeck "$home" <&4 >&6 2>&5 3<&- 4<&- 5>&- 6>&- &
  g=$!
  [ -z "$ending" ] || end_group
  while :; do
    wait "$g"
    code=$?
    kill -0 "$g" || break
  done
  [ -z "$ending" ] || code=143
  if kill -0 "-$g"; then end_group; fi
  g=
  trap '' PIPE # the guard may be dead
  echo over >&7
  printf '::%s exit %s\n' "$N" "$code" >&5
  printf '::%s exit %s\n' "$N" "$code" >&6
  kill -USR2 "$both"
}

c="N=$N; eval \"\$(head -n $((lines - 1)))\"
$c"
cut() {
  ended=1
  [ -z "$x" ] || kill -USR1 "$x"
}

both() {
  # $$ is the outer shell's; who opens /proc/self is this subshell
  read -r both _ </proc/self/stat
  x=
  ended=
  trap cut USR1 HUP TERM
  trap 'x=' USR2
  exec 7>&1
  relay 5>&- 6>&- 7>&- | keeper >/dev/null &
  x=$!
  exec >/dev/null 7>&-
  [ -z "$ended" ] || cut
  until wait; do :; done
}
# shellcheck disable=SC2016 # for the guard
both | setsid sh -c 'IFS= read -r g && ! read -r _ && eval "$1"' guard "$END" >/dev/null 3<&- 5>&- 6>&-
