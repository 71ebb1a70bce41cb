# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# What a host is and has, in one go; changes nothing.
#
# root   the folder of the cluster, data the name of the nodes' data folders
# ports  of the nodes, separated by spaces
# server an installed redis-server, where it matters whether it was built with TLS

root=$(expand "$root")

word() { sed -n "s/^$1=//p" /etc/os-release 2>/dev/null | tr -d '"' | tail -n 1; }
# of /proc/sys only the first read tells anything, and a shell reads byte by byte
read_line() { [ -r "$1" ] && head -n 1 "$1"; }

system() {
    fact clock_ms "$(clock)"
    fact os "$(word ID)"
    fact os_version "$(word VERSION_ID)"
    fact os_name "$(word PRETTY_NAME)"
    fact arch "$(uname -m)"
    fact libc "$(libc)"
    fact cores "$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || echo 1)"
    fact mem_mb "$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)"
    fact user "$(id -un)"
    fact home "$LOGIN_HOME"
    fact sudo "$(rights)"
    if [ -d /run/systemd/system ]; then fact systemd yes; else fact systemd no; fi
}

clock() {
    ms=$(date +%s%3N)
    case $ms in *[!0-9]*) echo "$(date +%s)000" ;; *) echo "$ms" ;; esac
}

libc() {
    # the loader's own word; a host may have both, then the one of /bin/sh counts
    if ls /lib/ld-musl-* >/dev/null 2>&1 && ! ls /lib*/ld-linux* /lib/*/ld-linux* >/dev/null 2>&1; then
        echo musl
    else
        echo "glibc $(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d ' ' -f 2)"
    fi
}

rights() {
    if [ "$(id -u)" = 0 ]; then
        echo root
    elif ! command -v sudo >/dev/null 2>&1; then
        echo none
    elif sudo -n true >/dev/null 2>&1; then
        echo free
    else
        echo password
    fi
}

tools() {
    for t in cc c++ gcc make pkg-config tar gzip curl wget perl python3 bash nc systemctl apt-get redis-server; do
        if command -v "$t" >/dev/null 2>&1; then fact tool "$t"; fi
    done
}

kernel() {
    fact ephemeral "$(read_line /proc/sys/net/ipv4/ip_local_port_range | tr '\t' ' ')"
    fact reserved "$(read_line /proc/sys/net/ipv4/ip_local_reserved_ports)"
    fact overcommit "$(read_line /proc/sys/vm/overcommit_memory)"
    fact somaxconn "$(read_line /proc/sys/net/core/somaxconn)"
    fact thp "$(read_line /sys/kernel/mm/transparent_hugepage/enabled)"
    # shellcheck disable=SC3045  # dash and busybox have it
    fact nofile "$(ulimit -Hn)"
}

network() {
    fact ssh_address "$(echo "$SSH_CONNECTION" | cut -d ' ' -f 3)"
    for a in $(hostname -I 2>/dev/null || ip -o addr show 2>/dev/null | awk '$3 ~ /^inet/ { sub(/\/.*/, "", $4); print $4 }'); do
        fact address "$a"
    done
    open=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == "0A" { sub(/.*:/, "", $2); print $2 }' | sort -u |
        while read -r hex; do echo "$((0x$hex))"; done | tr '\n' ' ')
    for p in $open; do fact listens "$p"; done
    for port in $ports; do
        for p in "$port" $((port + 10000)); do
            case " $open" in *" $p "*) held "$p" | sort -u | while read -r a; do fact held "$p $a"; done ;; esac
        done
    done
}

# every Redis server there: whose it is and the ports on which it listens, where those are hidden its title
running() {
    found=$(redis_servers)
    [ -n "$found" ] || return 0
    # shellcheck disable=SC2046 # numbers
    listening=$(ports_of $(printf '%s\n' "$found" | cut -d ' ' -f 1))
    while read -r pid title; do
        after "$pid " "$listening"
        fact runs "$(stat -c %U "/proc/$pid" 2>/dev/null)$NL${A:-$title}"
    done <<EOF
$found
EOF
}

# the space where the folder is, or will be
disk() {
    d=$root
    while [ ! -d "$d" ]; do d=$(dirname "$d"); done
    fact root "$root"
    fact disk_mb "$(df -Pk "$d" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')"
    if [ -w "$d" ]; then fact writable yes; else fact writable no; fi
    if ! vacant "$root"; then fact there yes; fi
}

# PID PORT FOLDER: whether that process is the server of the port; of another account's only its title can be read
# shellcheck disable=SC3013  # -ef is in dash and busybox, too
serves() {
    if readlink "/proc/$1/cwd" >/dev/null 2>&1; then
        [ "/proc/$1/cwd" -ef "$3" ]
    else
        tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -q "redis-server.*:$2 "
    fi
}

folder() {
    if [ -r "$root/.clusterdeck" ]; then
        while IFS='=' read -r key value; do fact "made_$key" "$value"; done <"$root/.clusterdeck"
    fi
    for f in "$root"/bin/redis-* "$root"/src/redis-* "$root/share/redis.conf" "$root/tls/ca.crt" "$root/tls/node.pem"; do
        if [ -e "$f" ]; then fact holds "$f"; fi
    done
    for port in $ports; do
        node=$root/$port
        for f in "$node/redis.conf" "$node"/nodes*.conf "$node/$data"/nodes*.conf "$node"/*.aof "$node/$data"/*.aof \
            "$node/appendonlydir" "$node/$data/appendonlydir" "$node"/*.rdb "$node/$data"/*.rdb; do
            if [ -e "$f" ]; then fact holds "$f"; fi
        done
        pid=$(read_line "$node/redis.pid")
        case $pid in
            '' | *[!0-9]*) ;;
            *) if serves "$pid" "$port" "$node/$data"; then fact ours "$port"; fi ;;
        esac
    done
    fact release "$(installed "$root")"
    if [ -x "$root/bin/redis-server" ]; then fact version "$("$root/bin/redis-server" --version 2>/dev/null)"; fi
}

# what was set of the kernel for which building, and the ports of other servers, who may have come to rely on it
cures() {
    for f in /etc/sysctl.d/60-clusterdeck-*.conf /etc/tmpfiles.d/60-clusterdeck-*.conf; do
        what=${f##*/60-clusterdeck-}
        sed -n 's/^# clusterdeck for \([^ ]*\) .*/\1/p' "$f" 2>/dev/null | while IFS= read -r for; do fact cured "${what%.conf} $for"; done
    done
    for d in /proc/[0-9]*; do
        title=
        IFS= read -r title <"$d/cmdline"
        case $title in *redis-server*) ;; *) continue ;; esac
        title=$(tr '\0' ' ' <"$d/cmdline" | sed -n 's/^[^ ]*redis-server \([^ ]*:\)\{0,1\}\([0-9]*\) .*/-\2/p')
        case " $ports " in *" ${title#-} "*) ;; *) [ -z "$title" ] || fact neighbour "${title#-}" ;; esac
    done 2>/dev/null
}

# a program with TLS names OpenSSL's functions, be it linked or within
tls() {
    if [ -n "$server" ] && [ -r "$server" ]; then
        if grep -q SSL_CTX_ "$server"; then fact tls yes; else fact tls no; fi
    fi
}

case $verb in
look)
    system
    tools
    kernel
    network
    running
    disk
    folder
    cures
    tls
    ;;
esac
