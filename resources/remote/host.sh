# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# How a host fares, and every Redis server that runs on it, whoever it belongs to; changes nothing. What belongs to another account
# may be hidden from us: then its title tells its port.
#
# dirs  folders whose file systems are of interest, one a line; may be empty

read_line() { [ -r "$1" ] && head -n 1 "$1"; }

clock() {
    ms=$(date +%s%3N)
    case $ms in *[!0-9]*) echo "$(date +%s)000" ;; *) echo "$ms" ;; esac
}

of_memory() { awk -v key="$1:" '$1 == key { printf "%.0f\n", $2 * 1024; exit }' /proc/meminfo; }

system() {
    fact clock_ms "$(clock)"
    time_zone
    fact os_name "$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release 2>/dev/null | tr -d '"' | tail -n 1)"
    fact kernel "$(uname -r)"
    fact arch "$(uname -m)"
    fact cores "$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || echo 1)"
    fact load "$(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null)"
    fact uptime "$(cut -d . -f 1 /proc/uptime 2>/dev/null)"
    fact mem_total "$(of_memory MemTotal)"
    fact mem_free "$(of_memory MemAvailable)"
    fact swap_total "$(of_memory SwapTotal)"
    fact swap_free "$(of_memory SwapFree)"
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
    printf '/\n%s\n' "$dirs" | while IFS= read -r d; do
        [ -n "$d" ] || continue
        d=$(expand "$d")
        [ -d "$d" ] || continue
        df -Pk "$d" 2>/dev/null | sed -n '2s/.*[[:space:]]\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*[[:space:]][[:space:]]*\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*%[[:space:]]*\(.*\)/\1 \2 \3/p'
    done | awk '!seen[$3]++' | while read -r total free where; do fact disk "$((total * 1024)) $((free * 1024)) $where"; done
}

# the unit whose main process it is; the unit of a shell, of cron or of a login that started it is none
unit_of() {
    u=$(sed -n 's|^[0-9]*:[^:]*:.*/\([^/]*\.service\)$|\1|p' "/proc/$1/cgroup" 2>/dev/null | head -n 1)
    [ -n "$u" ] && command -v systemctl >/dev/null 2>&1 || return 1
    [ "$(systemctl show -p MainPID "$u" 2>/dev/null)" = "MainPID=$1" ] || return 1
    printf '%s\n' "$u"
}

# which release a program is, where it can be asked without harm: one that calls itself a server, that nobody but its owner can
# change, and run as nobody but that owner; a stranger's program gets none of our rights
release_of() {
    case $2 in */*redis* | */*valkey* | */*keydb*) ;; *) return 1 ;; esac
    whose=$(stat -L -c '%U %a' "$1" 2>/dev/null) || return 1
    case ${whose#* } in *[2367]? | *[2367]) return 1 ;; esac
    case ${whose% *} in
        root | "$(id -un)") set -- "$1" ;;
        *) [ "$(id -u)" = 0 ] && command -v runuser >/dev/null 2>&1 && set -- runuser -u "${whose% *}" -- "$2" ;;
    esac && timeout 2 "$@" --version 2>/dev/null </dev/null | sed -n 's/^.* v=\([0-9][0-9A-Za-z.-]*\) .*/\1/p' | head -n 1
}

# each program once: hundreds of servers may be one
release() {
    known=$(stat -L -c '%d:%i' "/proc/$1/exe" 2>/dev/null) || return 0
    case $releases in
        *"
$known "*) ;;
        *)
            releases="$releases
$known $(release_of "/proc/$1/exe" "$2")
"
            ;;
    esac
    told=${releases#*"
$known "}
    told=${told%%"
"*}
}
releases=

server() {
    p=$(readlink "/proc/$1/exe" 2>/dev/null)
    enabled=
    told=
    release "$1" "$p"
    if u=$(unit_of "$1"); then enabled=$(systemctl is-enabled "$u" 2>/dev/null); else u=; fi
    fact server "$(printf '%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s' "$1" \
        "$(stat -c %U "/proc/$1" 2>/dev/null)" "${p% (deleted)}" "$(readlink "/proc/$1/cwd" 2>/dev/null)" "$(ports_of "$1")" \
        "$u" "$enabled" "$(awk '$1 == "VmRSS:" { printf "%.0f", $2 * 1024 }' "/proc/$1/status" 2>/dev/null)" \
        "$(sed -n 's/^Max open files *\([0-9a-z]*\).*/\1/p' "/proc/$1/limits" 2>/dev/null)" "$told" "$2")"
}

servers() {
    # no pipe: what is known of a program is to be known for the next
    while read -r pid title; do server "$pid" "$title"; done <<EOF
$(redis_servers)
EOF
}

case $verb in
look)
    system
    kernel
    disks
    [ -z "$(redis_servers)" ] || servers
    ;;
esac
