# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Takes away what building put below the root: servers are stopped, units, programs, sources and configuration removed.
# Data is set aside under a dated name, or removed where that was typed. What this building did not make stays.
#
# root data ports
# cluster build
# data_too   yes: the data is removed, too
# aside      where it goes otherwise: a folder beside the root

root=$(expand "$root")
aside=$(expand "$aside")
marker=$root/.clusterdeck

entry() { sed -n "s/^$1=//p" "$marker" 2>/dev/null | tail -n 1; }

unit() { echo "clusterdeck-$(printf '%s' "$cluster" | tr -c 'A-Za-z0-9_\n' '_')-$1.service"; }

# the server of a port: its pid file, the folder that it works in and its program must agree
running() {
    pid=$(head -n 1 "$root/$1/redis.pid" 2>/dev/null)
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$root/$1/$data" ] || return 1
    case $(readlink "/proc/$pid/exe" 2>/dev/null) in "$root"/bin/* | */redis-server*) return 0 ;; *) return 1 ;; esac
}

check_remove() {
    if [ ! -e "$marker" ]; then verdict "done" build.remove.gone root="$root"; fi
    [ "$(entry build)" = "$build" ] || blocked build.remove.other root="$root" other="$(entry cluster)"
    verdict needed build.remove.there root="$root"
}

stop() {
    u=$(unit "$1")
    if [ -e "/etc/systemd/system/$u" ]; then
        systemctl -q disable --now "$u"
        rm -f "/etc/systemd/system/$u"
        systemctl -q daemon-reload
    fi
    running "$1" || return 0
    # SIGTERM saves what is configured to be saved, which may take minutes: it is waited for, never followed by KILL
    kill -TERM "$pid"
    while running "$1"; do
        progress -1 "SIGTERM $1"
        sleep 0.1 2>/dev/null || sleep 1
    done
}

put_away() {
    node=$root/$1
    [ -d "$node" ] || return 0
    if [ "$data_too" = yes ]; then
        rm -rf "${node:?}/$data"
    elif [ -d "$node/$data" ]; then
        mkdir -p "$aside/$1" && mv "$node/$data" "$aside/$1/" || fail build.disk.not-written path="$aside/$1"
        if [ -f "$node/redis.log" ]; then mv "$node/redis.log" "$aside/$1/"; fi
        say build.remove.aside path="$aside/$1"
    fi
    rm -f "$node/redis.conf" "$node/redis.conf.new" "$node/redis.pid" "$node/redis.log"
    # what else somebody put there stays
    rmdir "$node" 2>/dev/null || say build.remove.left path="$node"
}

apply_remove() {
    if [ ! -e "$marker" ]; then return 0; fi
    [ "$(entry build)" = "$build" ] || fail build.remove.other root="$root" other="$(entry cluster)"
    for port in $ports; do stop "$port"; done
    for port in $ports; do put_away "$port"; done
    if [ -f "$root/bin/.clusterdeck" ]; then
        sed -n 's/^\(redis-[a-z-]*\(\.rb\)\{0,1\}\)=.*/\1/p' "$root/bin/.clusterdeck" | while IFS= read -r p; do rm -f "$root/bin/$p"; done
        rm -f "$root/bin/.clusterdeck"
    fi
    rm -f "$root/share/redis.conf"
    rm -rf "$root/src"
    rmdir "$root/bin" "$root/share" 2>/dev/null
    rm -f "$marker"
    rmdir "$root" 2>/dev/null || say build.remove.left path="$root"
}

case $verb in
check) check_remove ;;
apply) apply_remove ;;
esac
