# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# Starts a server that does not run, through its systemd unit where it has one, else as a daemon of its user.
# The exit code of a server proves nothing: done is when its port listens; whether it serves is asked by PING afterwards.
#
# server conf dir   its program, its configuration file, its working directory
# port              on which it will listen
# data              the folder in which it works then, told from others that listen on that port at another address; may be empty
# user unit log     may be empty
# nofile env        the limit of open files, and lines NAME=value that it had; may be empty
#
# why: whether it listens; the last lines of its log where it does not
#
# promise, revoke, promised: a timer that starts the server after that many seconds if by then nothing listens, whoever asked
# for it may be gone; given in "after", and "mark" names the timer

# whether who works in that folder listens on the port, be it beside others with an address each; for here, and for a timer, which has
# nothing but this
# shellcheck disable=SC2016  # for eval and the timer
listens_in='
listens_in() { # PORT FOLDER
    sockets=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$(printf %04X "$1")" \
        "\$4 == \"0A\" { n = split(\$2, a, \":\"); if (a[n] == port) print \"socket:[\" \$10 \"]\" }")
    [ -n "$sockets" ] || return 1
    [ -n "$2" ] || return 0
    for p in /proc/[0-9]*; do
        if [ "$p/cwd" -ef "$2" ] && ls -l "$p/fd" 2>/dev/null | grep -qF -e "$sockets"; then return 0; fi
    done
    return 1
}'
eval "$listens_in"

listener() { listens_in "$port" "$data"; }

# a server that finds its files unusable listens for a moment before it ends
stays() { listener && { sleep 0.2 2>/dev/null || sleep 1; } && listener; }

last_lines() {
    if [ -n "$unit" ]; then
        journalctl -q -n 12 --no-pager -u "$unit" 2>/dev/null
    elif [ -n "$log" ] && [ -r "$log" ]; then
        tail -c "+$((from + 1))" "$log" | tail -n 12
    fi
}

died() {
    [ -n "$log" ] && [ -r "$log" ] && tail -c "+$((from + 1))" "$log" |
        grep -q -e 'aborting' -e 'Unrecoverable error' -e 'Bad file format' -e 'Unexpected end of file' -e 'Sorry, the cluster' -e "Can't chdir" -e 'FATAL CONFIG' -e 'Fatal error'
}

check_start() {
    if listener; then verdict "done" nodes.start.listens port="$port"; fi
    if [ -n "$unit" ]; then verdict needed nodes.start.down port="$port"; fi
    [ -x "$server" ] || blocked nodes.start.no-server path="$server"
    [ -r "$conf" ] || blocked nodes.start.no-conf path="$conf"
    [ -d "$dir" ] || blocked nodes.start.no-directory path="$dir"
    verdict needed nodes.start.down port="$port"
}

# started_by CMD…: runs CMD with the words that start the server as its user
started_by() {
    if [ -n "$user" ] && [ "$user" != "$(id -un)" ]; then
        if changes_account; then
            set -- "$@" setpriv --reuid "$user" --regid "$(id -g "$user")" --init-groups
        else
            # shellcheck disable=SC2016  # expanded by the shell of that user
            set -- "$@" su -s /bin/sh -c 'exec "$@"' -- "$user" sh # --: what follows may begin with a dash, too
        fi
    fi
    # the locale of this script is none of its own; where its own is known, nor is that of who signed in
    set -- "$@" env -u LC_ALL
    if [ -n "$env" ]; then set -- "$@" -u LANG -u TZ; fi
    while IFS= read -r line; do
        if [ -n "$line" ]; then set -- "$@" "$line"; fi
    done <<END
$env
END
    "$@" "$server" "$conf"
}

launch() {
    cd "$dir" || fail nodes.start.no-directory path="$dir"
    if [ -n "$nofile" ]; then
        # shellcheck disable=SC3045  # dash and busybox have it
        ulimit -n "$nofile" 2>/dev/null || say nodes.start.nofile limit="$nofile"
    fi
    started_by spawn
}

apply_start() {
    if listener; then return 0; fi
    from=0
    if [ -n "$log" ] && [ -r "$log" ]; then from=$(wc -c <"$log"); fi
    if [ -n "$unit" ]; then
        systemctl reset-failed "$unit" 2>/dev/null || true
        systemctl start "$unit" || { last_lines; fail nodes.start.unit-refused unit="$unit"; }
    else
        launch
    fi
    n=0
    until stays; do
        sleep 0.05 2>/dev/null || sleep 1
        n=$((n + 1))
        if died; then last_lines; fail nodes.start.died port="$port"; fi
        if [ "$n" -ge 400 ]; then last_lines; fail nodes.start.silent port="$port"; fi
    done
    fact log_from "$from"
}

timer=clusterdeck-revive-${mark:-}

# later CMD…: what the timer runs, which has nothing but these words
later() {
    # shellcheck disable=SC2016  # for the timer
    arm "$timer" "$after" "$listens_in"'
        if listens_in "$1" "$2"; then exit; fi
        cd "$3" || exit
        [ -z "$4" ] || ulimit -n "$4" 2>/dev/null
        shift 4
        exec "$@"' revive "$port" "$data" "$dir" "$nofile" "$@" || fail drill.fault.no-timer
}

promise() { if [ -n "$unit" ]; then later systemctl start "$unit"; else started_by later; fi; }

revoke() { end_session "$timer" || fail drill.fault.not-undone; }

promised() {
    if is_called "$timer"; then verdict "done" drill.promise.there; fi
    verdict needed drill.promise.not-there
}

unpromised() {
    if is_called "$timer"; then verdict needed drill.promise.there; fi
    verdict "done" drill.promise.not-there
}

server=$(expand "$server")
conf=$(expand "$conf")
dir=$(expand "$dir")
if [ -n "$data" ]; then data=$(expand "$data"); fi
if [ -n "$log" ]; then log=$(expand "$log"); fi

case $verb in
check) check_start ;;
apply) apply_start ;;
promise)
    revoke
    promise
    ;;
revoke) revoke ;;
promised) promised ;;
unpromised) unpromised ;;
why)
    from=${from:-0}
    if listener; then fact listens yes; else last_lines; fi
    ;;
esac
