# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# How a host fares, and every Redis server that runs on it, whoever it belongs to; changes nothing. What belongs to another account
# may be hidden from us: then its title tells its port.
#
# dirs  folders whose file systems are of interest, one a line; may be empty

# of /proc/sys only the first read tells anything, and a shell reads byte by byte
read_line() { [ -r "$1" ] && head -n 1 "$1"; }

clock() {
    ms=$(date +%s%3N)
    case $ms in *[!0-9]*) echo "$(date +%s)000" ;; *) echo "$ms" ;; esac
}

memory() {
    awk '{ printf "%s %.0f\n", $1, $2 * 1024 }' /proc/meminfo | while read -r name bytes; do
        case $name in
            MemTotal:) fact mem_total "$bytes" ;;
            MemAvailable:) fact mem_free "$bytes" ;;
            SwapTotal:) fact swap_total "$bytes" ;;
            SwapFree:) fact swap_free "$bytes" ;;
        esac
    done
}

system() {
    fact clock_ms "$(clock)"
    time_zone
    fact os_name "$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release 2>/dev/null | tr -d '"' | tail -n 1)"
    fact kernel "$(uname -r)"
    fact arch "$(uname -m)"
    fact cores "$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || echo 1)"
    fact load "$(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null)"
    fact uptime "$(cut -d . -f 1 /proc/uptime 2>/dev/null)"
    memory
    fact root "$([ "$(id -u)" = 0 ] && echo yes || echo no)"
    if [ -d /run/systemd/system ]; then fact systemd yes; else fact systemd no; fi
}

kernel() {
    fact overcommit "$(read_line /proc/sys/vm/overcommit_memory)"
    fact somaxconn "$(read_line /proc/sys/net/core/somaxconn)"
    fact thp "$(read_line /sys/kernel/mm/transparent_hugepage/enabled)"
    fact swappiness "$(read_line /proc/sys/vm/swappiness)"
}

# POSIX df -P: one line per file system; the name in front may hold spaces, and the mount point behind, too
disks() {
    set -- /
    while IFS= read -r d; do
        case $d in '') continue ;; /*) ;; *) d=$(expand "$d") ;; esac
        [ ! -d "$d" ] || set -- "$@" "$d"
    done <<EOF
$dirs
EOF
    df -Pk "$@" 2>/dev/null | sed -n '1!s/.*[[:space:]]\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*[[:space:]][[:space:]]*\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*%[[:space:]]*\(.*\)/\1 \2 \3/p' \
        | awk '!seen[$3]++' | while read -r total free where; do fact disk "$((total * 1024)) $((free * 1024)) $where"; done
}

# unit PID: sets unit to the one whose main process it is; the unit of a shell, of cron or of a login that started it is none
unit() {
    after "/proc/$1/cgroup:" "$texts"
    unit=${A##*/}
    [ -n "$unit" ] && command -v systemctl >/dev/null 2>&1 && [ "$(systemctl show -p MainPID "$unit" 2>/dev/null)" = "MainPID=$1" ] || unit=
}

# release_of PROC_EXE PATH OWNER MODE: where it can be asked without harm: one that calls itself a server, that nobody but its owner can
# change, and run as nobody but that owner; a stranger's program gets none of our rights
release_of() {
    case $2 in */*redis* | */*valkey* | */*keydb*) ;; *) return 1 ;; esac
    case $4 in *[2367]? | *[2367]) return 1 ;; esac
    case $3 in
        root | "$(id -un)") set -- "$1" ;;
        *) [ "$(id -u)" = 0 ] && command -v runuser >/dev/null 2>&1 && set -- runuser -u "$3" -- "$2" ;;
    esac && timeout 2 "$@" --version 2>/dev/null </dev/null | sed -n 's/^.* v=\([0-9][0-9A-Za-z.-]*\) .*/\1/p' | head -n 1
}

# release PID PATH: sets told; each program once: hundreds of servers may be one
release() {
    after "/proc/$1/exe " "$programs"
    told=
    [ -n "$A" ] || return 0
    known=${A%% *}
    case $NL$releases in
        *"$NL$known "*) ;;
        *) releases="$known $(release_of "/proc/$1/exe" "$2" "$(echo "$A" | cut -d ' ' -f 2)" "${A##* }")$NL$releases" ;;
    esac
    after "$known " "$releases"
    told=$A
}
releases=

server() { # PID TITLE
    exe=$(readlink "/proc/$1/exe" 2>/dev/null)
    release "$1" "$exe"
    unit "$1"
    enabled=
    [ -z "$unit" ] || enabled=$(systemctl is-enabled "$unit" 2>/dev/null)
    after "/proc/$1 " "$owners"
    user=$A
    after "$1 " "$ports"
    at=$A
    after "/proc/$1/limits:Max open files" "$texts"
    read -r files _ <<EOF
$A
EOF
    after "/proc/$1/status:VmRSS:" "$texts"
    A=${A%kB}
    fact server "$1$NL$user$NL${exe% (deleted)}$NL$(readlink "/proc/$1/cwd" 2>/dev/null)$NL$at$NL$unit$NL$enabled$NL$((A * 1024))$NL$files$NL$told$NL$2"
}

# What can be told of all of them at once is: a host may have hundreds
servers() {
    found=$(redis_servers)
    [ -n "$found" ] || return 0
    pids=
    folders=
    exes=
    files=
    while read -r pid _; do
        pids="$pids $pid"
        folders="$folders /proc/$pid"
        exes="$exes /proc/$pid/exe"
        files="$files /proc/$pid/status /proc/$pid/limits /proc/$pid/cgroup"
    done <<EOF
$found
EOF
    # shellcheck disable=SC2086 # lists
    {
        owners=$(stat -c '%n %U' $folders 2>/dev/null)
        programs=$(stat -L -c '%n %d:%i %U %a' $exes 2>/dev/null)
        texts=$(grep -sE '^VmRSS:|^Max open files|/[^/]*\.service$' $files /dev/null)
        ports=$(ports_of $pids)
    }
    while read -r pid title; do server "$pid" "$title"; done <<EOF
$found
EOF
}

case $verb in
look)
    system
    kernel
    disks
    servers
    ;;
esac
