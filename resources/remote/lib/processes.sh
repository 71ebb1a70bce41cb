# shellcheck shell=sh
# What is begun and ended, what runs, and what goes on when the script has gone.

# finally TEXT: runs it when the script ends, be it by a signal, and also where nobody listens any more: a shell that says of a child
# that it was terminated would die of that. A child of bash has these traps until it becomes another program: only who set them runs it
finally() {
  FINALLY=$1
  read -r OWNER _ </proc/self/stat
  trap 'trap "" TERM HUP INT PIPE; read -r SELF _ </proc/self/stat; [ "$SELF" != "$OWNER" ] || eval "$FINALLY"' EXIT
  trap 'exit 143' TERM HUP INT PIPE
}

# spawn CMD…: starts a daemon that outlives this run, in a session of its own; its pid is $SPAWNED.
# $(…) ends when the daemon lets go of its stdout: by then it has left the group that ends with this script.
spawn() {
  # shellcheck disable=SC2016,SC2034 # for the inner shell; for the script
  SPAWNED=$(setsid sh -c 'echo $$; exec "$@" >/dev/null' sh "$@" </dev/null 2>/dev/null 3<&- 4>&- &)
}

# called WORD: the pids of processes that have this word among their arguments; it comes to those that look for it by another way. All of
# /proc may be more than one command takes, but not more than printf, which is the shell's own
called() {
  # shellcheck disable=SC2016 # for the inner shell
  printf '%s\n' /proc/[0-9]*/cmdline |
    CALLED=$1 xargs sh -c 'printf "%s\n" "$CALLED" | grep -lzxsF -f - "$@"' sh | cut -d / -f 3
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
