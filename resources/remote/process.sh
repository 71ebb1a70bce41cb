# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# One server process: looks at it, signals it, stops it. It is never taken by its name or by a pidfile: a process is the one
# that was meant only if its start time, its program, its folder and its listening port are all as expected, compared right before the
# signal.
#
# pid port    what INFO told (process_id, tcp_port); where it is empty facts finds it: of those that hold the port, on whichever address,
#             the one that works in "dir"
# dir         the node's data folder, where a server works; empty when unknown: then it is only the pid "was"
# heard       the folder in which it last said that it works: CONFIG SET dir moves a running server; may be empty
# start exe cwd   what facts told of that pid
# conf log    its files, may be empty
# unit        its systemd unit, may be empty
# signal      KILL, TERM, STOP or CONT; TERM waits until the server has saved, however long, and never turns into KILL
# pause       seconds after which a stopped process is continued, by a timer that needs nobody

# the name of that timer: of this very process
timer=clusterdeck-timer-$pid-$start

# status PID NUMBER: a field of /proc/PID/stat from the third on, counted behind the name, which may hold anything
status() {
    { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    at=$2
    # shellcheck disable=SC2086 # numbers and a letter
    set -- ${line##*) }
    shift $((at - 3))
    echo "$1"
}
started() { status "$1" 22; }
state() { status "$1" 3; }
parent() { status "$1" 4; }

program() {
    p=$(readlink "/proc/$1/exe" 2>/dev/null) || return 1
    printf '%s\n' "${p% (deleted)}"
}

# What to call to have that server again: Debian's packages hold one program, NAME-check-rdb, and links to it; it is what it is called.
server() {
    p=$(program "$1") || return 1
    case ${p##*/} in
    *-check-rdb | *-check-aof | *-sentinel)
        s=$(printf '%s' "$p" | sed 's/-check-[a-z]*$//; s/-sentinel$//')-server
        if [ "$(readlink -f "$s")" = "$p" ]; then p=$s; fi
        ;;
    esac
    printf '%s\n' "$p"
}

listens() {
    # shellcheck disable=SC2012  # names of /proc/PID/fd are numbers
    inodes=$(ls -l "/proc/$1/fd" 2>/dev/null)
    for inode in $(listeners "$1" "$2"); do
        case $inodes$NL in *"socket:[$inode]$NL"*) return 0 ;; esac
    done
    return 1
}

# a zombie is gone: nothing of it runs or holds a port
gone() { [ ! -d "/proc/$pid" ] || [ "$(state "$pid")" = Z ] || [ "$(started "$pid")" != "$start" ]; }

# says why the process is not the one that was meant, by key; nothing when it is
stranger() {
    p=$(program "$pid") || { echo nodes.process.hidden; return; }
    [ "$p" = "$exe" ] || { echo nodes.process.other-program; return; }
    # a link as facts told it, not a path: the folder may be deleted. A journal of an earlier Clusterdeck has none
    [ -z "$cwd" ] || [ "$(readlink "/proc/$pid/cwd")" = "$cwd" ] || { echo nodes.process.other-folder; return; }
    listens "$pid" "$port" || echo nodes.process.other-port
}

# the unit whose main process it is; the unit of a shell, of cron or of a login that started it is none
unit_of() {
    u=$(sed -n 's|^[0-9]*:[^:]*:.*/\([^/]*\.service\)$|\1|p' "/proc/$1/cgroup" 2>/dev/null | head -n 1)
    [ -n "$u" ] && command -v systemctl >/dev/null 2>&1 || return 1
    [ "$(systemctl show -p MainPID "$u" 2>/dev/null)" = "MainPID=$1" ] || return 1
    printf '%s\n' "$u"
}

limit_of() { sed -n 's/^Max open files *\([0-9a-z]*\).*/\1/p' "/proc/$1/limits" 2>/dev/null; }

# what changes how a server behaves; never the rest of the environment, which may hold secrets
environment_of() {
    tr '\000' '\n' <"/proc/$1/environ" 2>/dev/null |
        grep -E '^(TZ|LANG|LC_[A-Z]*|(JE_)?MALLOC_[A-Z_]*|GLIBC_TUNABLES|OPENSSL_CONF|LD_LIBRARY_PATH|LD_PRELOAD|FAKETIME[A-Z_]*)=' || true
}

# its directives; of those that may hold a secret only the names, of users whether they need no password
directives() {
    [ -n "$conf" ] || return 0
    if [ ! -e "$conf" ]; then fact conf missing; return 0; fi
    if [ ! -r "$conf" ]; then fact conf denied; return 0; fi
    fact conf found
    fact directives "$(sed -e 's/^[[:space:]]*//' -e '/^#/d' -e '/^$/d' \
        -e 's/^\([Uu][Ss][Ee][Rr][[:space:]]\{1,\}[^[:space:]]*\)[[:space:]]\(.*[[:space:]]\)\{0,1\}[Nn][Oo][Pp][Aa][Ss][Ss]\([[:space:]].*\)\{0,1\}$/\1 nopass/' \
        -e '/^[Uu][Ss][Ee][Rr][[:space:]]*[^[:space:]]* nopass$/!s/^\([Uu][Ss][Ee][Rr][[:space:]]\{1,\}[^[:space:]]*\).*/\1/' \
        -e 's/^\([Rr][Ee][Qq][Uu][Ii][Rr][Ee][Pp][Aa][Ss][Ss]\|[Mm][Aa][Ss][Tt][Ee][Rr][Aa][Uu][Tt][Hh]\|tls-[a-z-]*-pass\)[[:space:]].*/\1/' "$conf")"
}

# the pid of the node's server: two clusters may share a port, with an address each, but not a folder. Not a child that saves
# shellcheck disable=SC3013  # -ef is in dash and busybox, too
server_of() {
    all=" $(holders "$port" | tr '\n' ' ')"
    for p in $all; do
        case $all in *" $(parent "$p") "*) continue ;; esac
        if [ -n "$dir" ]; then
            [ "/proc/$p/cwd" -ef "$dir" ] || [ "/proc/$p/cwd" -ef "${heard:-$dir}" ] || continue
        else
            [ "$p" = "$was" ] || continue
        fi
        echo "$p"
        return 0
    done
    case $all in
    ' ') ;;
    *' hidden '*) echo hidden ;;
    *) echo other ;;
    esac
}

describe() {
    fact login "$(id -un)"
    directives
    # without rights a process that is there looks like none
    if [ -z "$pid" ] || [ ! -d "/proc/$pid" ] || [ "$(state "$pid")" = Z ]; then pid=$(server_of); fi
    case $pid in
    '') fact process gone; return 0 ;;
    hidden | other)
        fact process "$pid"
        fact held "$(held "$port" | tr '\n' ' ')"
        return 0
        ;;
    esac
    fact pid "$pid"
    fact start "$(started "$pid")"
    if ! fact exe "$(program "$pid")" || [ -z "$(program "$pid")" ]; then fact process hidden; return 0; fi
    fact server "$(server "$pid")"
    fact process found
    fact user "$(stat -c %U "/proc/$pid")"
    fact cwd "$(readlink "/proc/$pid/cwd")"
    fact state "$(state "$pid")"
    if listens "$pid" "$port"; then fact listens yes; else fact listens no; fi
    fact nofile "$(limit_of "$pid")"
    fact env "$(environment_of "$pid")"
    if u=$(unit_of "$pid"); then
        fact unit "$u"
        fact restart "$(systemctl show -p Restart "$u" | cut -d= -f2)"
        fact stop_limit "$(systemctl show -p TimeoutStopUSec "$u" | cut -d= -f2)"
    fi
}

check_signal() {
    case $signal in
    CONT)
        if { gone || [ "$(state "$pid")" != T ]; } && none_called "$timer"; then verdict "done" nodes.process.runs pid="$pid"; fi
        ;;
    STOP)
        if gone; then verdict "done" nodes.process.gone pid="$pid"; fi
        if [ "$(state "$pid")" = T ]; then verdict "done" nodes.process.paused pid="$pid"; fi
        ;;
    *) if gone; then verdict "done" nodes.process.gone pid="$pid"; fi ;;
    esac
    why=$(stranger)
    if [ -n "$why" ]; then blocked "$why" pid="$pid" port="$port" exe="$exe"; fi
    verdict needed nodes.process.there pid="$pid"
}

refuse_stranger() {
    why=$(stranger)
    if [ -n "$why" ]; then fail "$why" pid="$pid" port="$port" exe="$exe"; fi
}

# sends CONT after the pause, unless by then the pid is another process; of an earlier pause no timer is left to end this one
arm_timer() {
    end_session "$timer" || fail nodes.process.timer-stays pid="$pid"
    # shellcheck disable=SC2016  # for the timer
    arm "$timer" "$pause" '[ "$(sed "s/.*) //" "/proc/$1/stat" | cut -d" " -f20)" = "$2" ] && kill -CONT "$1"' \
        continue "$pid" "$start" || fail nodes.process.no-timer pid="$pid"
}

send() {
    if [ "$signal" = TERM ] && [ -n "$unit" ]; then
        systemctl stop "$unit" || fail nodes.process.unit-refused unit="$unit"
    else
        kill "-$signal" "$pid" 2>/dev/null || gone || fail nodes.process.not-allowed pid="$pid" signal="$signal"
    fi
}

# a server that was told to end saves first, and stays when it can't
wait_gone() {
    before=$1
    n=0
    until gone; do
        sleep 0.1 2>/dev/null || sleep 1
        n=$((n + 1))
        if [ $((n % 20)) -eq 0 ]; then
            progress -1 "$((n / 10)) s"
            if [ -r "$log" ] && tail -c "+$before" "$log" | grep -q "can't exit"; then
                fail nodes.process.cannot-save pid="$pid"
            fi
        fi
    done
}

apply_signal() {
    case $signal in
    CONT)
        if gone; then end_session "$timer"; return 0; fi
        refuse_stranger
        kill -CONT "$pid" || fail nodes.process.not-allowed pid="$pid" signal="$signal"
        end_session "$timer"
        ;;
    STOP)
        gone && fail nodes.process.gone-already pid="$pid"
        refuse_stranger
        arm_timer
        send
        until [ "$(state "$pid")" = T ] || gone || none_called "$timer"; do sleep 0.05 2>/dev/null || sleep 1; done
        # where that took longer than the pause lasts, the timer came before the signal, and nobody else would continue it
        if none_called "$timer"; then kill -CONT "$pid" 2>/dev/null || true; fi
        ;;
    *)
        gone && return 0
        refuse_stranger
        size=0
        if [ -n "$log" ] && [ -r "$log" ]; then size=$(wc -c <"$log"); fi
        send
        wait_gone $((size + 1))
        ;;
    esac
}

if [ -n "$conf" ]; then conf=$(expand "$conf"); fi
if [ -n "$log" ]; then log=$(expand "$log"); fi
if [ -n "$dir" ]; then dir=$(expand "$dir"); fi

case $verb in
facts) describe ;;
check) check_signal ;;
apply) apply_signal ;;
esac
