# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Takes away what building put below the root: servers are stopped, units, programs, sources and configuration removed.
# Data is set aside under a dated name, or removed where that was typed. What this building did not make stays.
#
# root data ports
# at         addresses of which each server listened on at least one; empty where that is not known
# build
# data_too   yes: the data is removed, too
# aside      where it goes otherwise: a folder beside the root

root=$(expand "$root")
aside=$(expand "$aside")
marker=$root/.clusterdeck
# as links under /proc tell it
real=$(readlink -f "$root" || echo "$root")

entry() { sed -n "s/^$1=//p" "$marker" 2>/dev/null | tail -n 1; }

# $1: a process that works in a node's folder
# shellcheck disable=SC3013  # -ef is in dash and busybox, too
is_server() {
    if [ "/proc/$1/exe" -ef "$root/bin/redis-server" ]; then return 0; fi
    case $(readlink "/proc/$1/exe" 2>/dev/null) in */redis-server*) return 0 ;; *) return 1 ;; esac
}

# $1: a process that holds a port of ours; by now that may be another cluster's server
is_below() {
    for link in exe cwd; do
        case $(readlink "/proc/$1/$link" 2>/dev/null) in "$real"/*) return 0 ;; esac
    done
    return 1
}

# pids of the servers of a port, whatever became of their pid files; hidden: somebody's whose processes we may not look at
# shellcheck disable=SC3013
servers() {
    for d in /proc/[0-9]*; do
        if [ "$d/cwd" -ef "$root/$1/$data" ] && is_server "${d#/proc/}"; then echo "${d#/proc/}"; fi
    done
    if p=$(holder "$1"); then
        if is_below "$p"; then echo "$p"; fi
    elif may_be_ours "$1"; then
        echo hidden
    fi
}

# of a process that we may not look at only the address tells that it is another's: two can listen on one port
may_be_ours() {
    held "$1" | (
        while read -r a; do
            case " * ${at:-$a} " in *" $a "*) exit 0 ;; esac
        done
        exit 1
    )
}

still_runs() { fail build.remove.still-runs port="$1" root="$root"; }

check_remove() {
    if [ ! -e "$marker" ]; then
        for port in $ports; do
            if [ -n "$(servers "$port")" ]; then blocked build.remove.still-runs port="$port" root="$root"; fi
        done
        verdict "done" build.remove.gone root="$root"
    fi
    [ "$(entry build)" = "$build" ] || blocked build.remove.other root="$root" other="$(entry cluster)"
    verdict needed build.remove.there root="$root"
}

stop() {
    for f in "$UNITS"/clusterdeck-*-"$1.service"; do
        if starts_ours "$f" "$root" "$1"; then
            systemctl -q disable --now "${f##*/}"
            rm -f "$f"
            systemctl -q daemon-reload
        fi
    done
    log=$root/$1/redis.log
    before=0
    if [ -r "$log" ]; then before=$(wc -c <"$log"); fi
    # SIGTERM saves what is configured to be saved, which may take minutes: it is waited for, never followed by KILL
    for p in $(servers "$1"); do
        kill -TERM "$p" 2>/dev/null || [ ! -d "/proc/$p" ] || still_runs "$1"
    done
    while :; do
        case $(servers "$1") in
        '') break ;;
        *hidden*) still_runs "$1" ;;
        esac
        progress -1 "SIGTERM $1"
        sleep 0.1 2>/dev/null || sleep 1
        if [ -r "$log" ] && tail -c "+$((before + 1))" "$log" | grep -q "can't exit"; then still_runs "$1"; fi
    done
}

put_away() (
    node=$root/$1
    [ -d "$node" ] || exit 0
    inside "$root" "$1" || { say build.remove.left path="$node"; exit 0; }
    for d in . "./$data"; do sweep "$d"; done
    if [ "$data_too" = yes ]; then
        rm -rf "./${data:?}"
    elif [ -d "./$data" ]; then
        mkdir -p "$aside/$1" && mv "./$data" "$aside/$1/" || fail build.disk.not-written path="$aside/$1"
        if [ -f redis.log ]; then mv redis.log "$aside/$1/"; fi
        say build.remove.aside path="$aside/$1"
    fi
    rm -f redis.conf redis.conf.new redis.pid redis.log
    # the copies that changes of settings left (KeepStep)
    rm -f redis.conf.before-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]
    # what else somebody put there stays
    cd / && rmdir "$node" 2>/dev/null || only_leased "$node" || say build.remove.left path="$node"
)

# $1: nothing is in it any more but a lease, which goes later
only_leased() { [ "$(ls -A "$1" 2>/dev/null)" = .clusterdeck-lease ]; }

made_in_bin() {
    if [ -f .clusterdeck ]; then
        sed -n 's/^\(redis-[a-z-]*\(\.rb\)\{0,1\}\)=.*/\1/p' .clusterdeck | while IFS= read -r p; do rm -f "$p"; done
        rm -f .clusterdeck
    fi
}

made_in_share() { rm -f redis.conf; }

noted() {
    if [ -f .clusterdeck ]; then
        while IFS= read -r name; do
            case $name in '' | . | .. | */*) ;; *) rm -rf "./$name" ;; esac
        done <.clusterdeck
        rm -f .clusterdeck
    fi
}
made_in_src() { noted; }
made_in_tls() { noted; }

apply_remove() {
    if [ ! -e "$marker" ]; then return 0; fi
    [ "$(entry build)" = "$build" ] || fail build.remove.other root="$root" other="$(entry cluster)"
    for port in $ports; do stop "$port"; done
    for port in $ports; do put_away "$port" || exit 1; done
    for part in bin share src tls; do (inside "$root" "$part" && "made_in_$part"); done
    for d in "$(dirname "$root")" "$root" "$root/bin" "$root/share" "$root/src" "$root/tls"; do sweep "$d"; done
    rmdir "$root/bin" "$root/share" "$root/src" "$root/tls" 2>/dev/null
    # a lease takes a folder away neither where only root may nor where nothing else was in it any more when it was taken, because this
    # had been cut off: it goes with the folder
    for port in $ports; do
        if only_leased "$root/$port"; then
            rm -f "$root/$port/.clusterdeck-lease"
            rmdir "$root/$port" 2>/dev/null
        fi
    done
    rm -f "$marker"
    rmdir "$root" 2>/dev/null || say build.remove.left path="$root"
}

case $verb in
check) check_remove ;;
apply) apply_remove ;;
esac
