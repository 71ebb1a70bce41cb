# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# The programs in bin/ and the release's redis.conf in share/, below the root. bin/.clusterdeck lists them with their
# checksums and says which release they are.
#
# root release
# how    tree: from the compiled tree; pack: from a .tar.gz of bin and share; server: from one redis-server that is all of
#        its tools; folder: links to programs that are installed
# from   the pack, the server, or the folder
# version        of the tree
# conf   for how=server and folder: a redis.conf to take

root=$(expand "$root")
bin=$root/bin
list=$bin/.clusterdeck
programs='redis-server redis-cli redis-benchmark redis-sentinel redis-check-aof redis-check-rdb redis-trib.rb'

intact() { [ "$(installed "$root")" = "$release" ]; }

check_install() {
    if intact; then verdict "done" build.install.there root="$root"; fi
    verdict needed build.install.missing root="$root"
}

# put FILE NAME [mv]: a program that runs keeps its old file. What 6.2 makes as copies of its server is one file with it
put() {
    if [ "$2" != redis-server ] && cmp -s "$1" "$bin/redis-server"; then
        (aside "$root" bin && ln ../redis-server new && place new "../$2")
    else
        (aside "$root" bin && "${3:-cp}" "$1" new && chmod 755 new && place new "../$2")
    fi || fail build.disk.not-written path="$bin/$2"
}

conf() {
    mkdir -p "$root/share" && (aside "$root" share && cp "$1" new && chmod 644 new && place new ../redis.conf) ||
        fail build.disk.not-written path="$root/share"
}

from_tree() {
    tree=$root/src/redis-$version
    for p in $programs; do
        if [ -f "$tree/src/$p" ]; then put "$tree/src/$p" "$p"; fi
    done
    conf "$tree/redis.conf"
}

from_pack() {
    # from here on in the folder itself, wherever its name leads meanwhile
    new=/proc/$$/cwd/pack.new
    workshop "$root" src && ours "$root" src pack.new || fail build.disk.not-written path="$root/src"
    rm -rf pack.new
    mkdir -p pack.new && gzip -dc "$from" | tar -xf - -C pack.new || fail build.disk.not-written path="$root/src"
    for p in $programs; do
        for f in "$new/bin/$p" "$new/$p" "$new"/*/"$p" "$new"/*/bin/"$p"; do
            if [ -f "$f" ]; then put "$f" "$p" mv && break; fi
        done
    done
    set -- "$new/share/redis.conf" "$new/redis.conf" "$new"/*/redis.conf
    for f in "$@" "$conf"; do
        if [ -f "$f" ]; then conf "$f" && break; fi
    done
    rm -rf pack.new "$from" "$conf"
}

from_server() {
    put "$from" redis-server
    for p in redis-sentinel redis-check-aof redis-check-rdb; do put "$bin/redis-server" "$p"; done
    conf "$conf"
    rm -f "$from" "$conf"
}

from_folder() {
    [ -x "$from/redis-server" ] || fail build.install.not-installed folder="$from"
    for p in $programs; do
        if [ -x "$from/$p" ]; then (aside "$root" bin && ln -s "$from/$p" new && place new "../$p") || fail build.disk.not-written path="$bin/$p"; fi
    done
    conf "$conf"
    rm -f "$conf"
}

runs() (inside "$root" bin && ./redis-server --version)

apply_install() {
    if intact; then return 0; fi
    (workshop "$root" bin) || fail build.disk.not-written path="$bin"
    if [ -n "$from" ]; then from=$(expand "$from"); fi
    if [ -n "$conf" ]; then conf=$(expand "$conf"); fi
    "from_$how"
    rmdir "$(copies)" 2>/dev/null
    runs >/dev/null 2>&1 || { runs; fail build.install.does-not-run path="$bin/redis-server"; }
    (
        aside "$root" bin && exec >new || exit 1
        echo "release=$release"
        for p in $programs; do
            if [ -f "$bin/$p" ]; then echo "$p=$(sha256 "$bin/$p")"; fi
        done
        chmod 644 new && place new "../${list##*/}"
    ) || fail build.disk.not-written path="$list"
}

# what other hosts like this one get; -nt is in dash and busybox, too
# shellcheck disable=SC3013
pack() {
    intact || fail build.install.nothing-to-pack root="$root"
    if [ ! "$root/src/pack.tar.gz" -nt "$list" ]; then
        (
            workshop "$root" src && ours "$root" src pack.tar.gz && aside "$root" src || exit 1
            (cd "$root" && tar -cf - bin/redis-* share/redis.conf) >new && gzip -1 <new >copy &&
                chmod 644 copy && place copy ../pack.tar.gz
        ) || fail build.disk.not-written path="$root/src"
    fi
    fact pack "$root/src/pack.tar.gz"
    fact sha256 "$(sha256 "$root/src/pack.tar.gz")"
}

case $verb in
check) check_install ;;
apply) apply_install ;;
pack) pack ;;
esac
