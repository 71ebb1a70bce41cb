# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables
# Makes the cluster's folder ours: a marker says whose it is. A folder that holds a cluster's data, or programs and files
# that building would write over, is refused where this plan did not make them.
#
# root data ports   as in facts.sh
# cluster build     the cluster's name, and the number of this building of it
# owner             run as root: the account that the folder is made for, where it may not make it itself

root=$(expand "$root")
marker=$root/.clusterdeck

entry() { sed -n "s/^$1=//p" "$marker" 2>/dev/null | tail -n 1; }

foreign() {
    for f in "$root"/bin/redis-* "$root"/src/redis-* "$root/share/redis.conf" "$root/tls/ca.crt" "$root/tls/node.pem"; do
        if [ -e "$f" ]; then printf '%s\n' "$f" && return 0; fi
    done
    for port in $ports; do
        node=$root/$port
        for f in "$node/redis.conf" "$node"/nodes*.conf "$node/$data"/nodes*.conf "$node"/*.aof "$node/$data"/*.aof \
            "$node/appendonlydir" "$node/$data/appendonlydir" "$node"/*.rdb "$node/$data"/*.rdb; do
            if [ -e "$f" ]; then printf '%s\n' "$f" && return 0; fi
        done
    done
    return 1
}

check_claim() {
    if [ -e "$marker" ]; then
        if [ "$(entry build)" = "$build" ]; then verdict "done" build.claim.ours root="$root"; fi
        blocked build.claim.other root="$root" other="$(entry cluster)"
    fi
    if f=$(foreign); then blocked build.claim.foreign file="$f"; fi
    if [ -e "$root" ] && [ ! -d "$root" ]; then blocked build.claim.no-folder root="$root"; fi
    verdict needed build.claim.free root="$root"
}

# anew, since root may have begun one
note() { rm -f "$1" && printf 'cluster=%s\nbuild=%s\n' "$cluster" "$build" >"$1"; }

undo() {
    if [ -z "$new" ]; then return; fi
    rm -f "$new/.clusterdeck"
    rmdir "$new" 2>/dev/null
}

# for the account, in one go: one that is not its own yet would be somebody's for ever after, were we ended between
make_owned() {
    mkdir -p "$(dirname "$root")" || return 1
    sweep "$(dirname "$root")" 10
    new=
    finally undo
    new=$(new_beside "$root") || return 1
    chmod 755 "$new" && note "$new/.clusterdeck" && echo by=root >>"$new/.clusterdeck" &&
        chown "$owner:$(id -gn "$owner")" "$new/.clusterdeck" "$new" && place "$new" "$root"
}

apply_claim() {
    if [ "$(entry build)" = "$build" ]; then return 0; fi
    if [ -n "${owner:-}" ] && [ ! -e "$root" ] && [ ! -L "$root" ]; then
        make_owned || fail build.claim.not-made root="$root"
        return 0
    fi
    made=
    if [ -n "${owner:-}" ] && vacant "$root"; then
        made=root
        find "$root" -type d -exec chown "$owner:$(id -gn "$owner")" {} + || fail build.claim.not-made root="$root"
    fi
    mkdir -p "$root" && (
        aside "$root" && note new || exit 1
        [ -z "$made" ] || { echo "by=$made" >>new && chown "$owner:" new; } || exit 1
        place new ../.clusterdeck
    ) || fail build.claim.not-made root="$root"
}

prove() (aside "$root" && cp -pP ../.clusterdeck new && [ ! -L new ] && echo proven=yes >>new && place new ../.clusterdeck)

case $verb in
check) check_claim ;;
apply) apply_claim ;;
# whether this building was proven to take writes, and that it was
proven) if [ "$(entry build)$(entry proven)" = "${build}yes" ]; then fact proven yes; fi ;;
prove) [ "$(entry build)" = "$build" ] && prove || fail build.claim.not-made root="$root" ;;
esac
