# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Unpacks and compiles the tarball in src/ below the root. A tree whose compiling was cut off may hold half-written
# objects that look finished, so it is thrown away and made again.
#
# root release   nothing is needed where this release is installed already
# name sha256    of the tarball
# malloc         jemalloc or libc
# tls            yes where it is compiled with TLS
# version        names the tree

root=$(expand "$root")
tree=$root/src/redis-$version
state=$tree.state
# a tree that was made otherwise is made anew
made_of="$sha256 $malloc${tls:+ tls}"

# unpacked: intact and untouched; making: cut off, if nobody is at it; made: finished
state() { cat "$state" 2>/dev/null; }

made() {
    [ "$(state)" = "made $made_of" ] && [ -x "$tree/src/redis-server" ] && [ -x "$tree/src/redis-cli" ]
}

check_compile() {
    if [ "$(installed "$root")" = "$release" ]; then
        verdict "done" build.compile.not-needed
    fi
    if made; then verdict "done" build.compile.there; fi
    verdict needed build.compile.missing
}

unpack() {
    progress 0 "$name"
    ours "$root" src "$tree" "$tree.new" "$state" "$state.code" || fail build.disk.not-written path="$root/src"
    rm -rf "$tree" "$tree.new" "$state"
    mkdir -p "$tree.new" && gzip -dc "$name" | tar -xf - -C "$tree.new" || fail build.compile.not-unpacked name="$name"
    set -- "$tree.new"/*/src/server.c
    [ -f "$1" ] || fail build.compile.no-redis name="$name"
    mv "${1%/src/server.c}" "$tree" && rm -rf "$tree.new" || fail build.disk.not-written path="$tree"
    echo "unpacked $sha256" >"$state" || fail build.disk.not-written path="$state"
}

# counts what the compiler was given against the sources that there are
count() {
    total=$(find "$tree/src" "$tree/deps/hiredis" "$tree/deps/lua/src" -maxdepth 1 -name '*.c' | wc -l)
    n=0
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
            *' CC '* | *'-c '*.c* | *CC\ *)
                n=$((n + 1))
                percent=$((n * 100 / total))
                [ "$percent" -lt 99 ] || percent=99
                what=${line##* }
                progress "$percent" "$what"
                ;;
        esac
    done
}

apply_compile() {
    workshop "$root" src || fail build.disk.not-written path="$root/src"
    tree=redis-$version
    state=$tree.state
    if made; then return 0; fi
    if [ "$(state)" != "unpacked $sha256" ]; then unpack; fi
    echo "making $sha256" >"$state" || fail build.disk.not-written path="$state"
    jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
    unset MAKEFLAGS CFLAGS LDFLAGS
    # pipefail is not everywhere: the exit code goes through a file
    rm -f "$state.code"
    {
        nice -n 5 make -C "$tree" -j "$jobs" MALLOC="$malloc" ${tls:+BUILD_TLS=yes} 2>&1
        echo $? >"$state.code"
    } | count
    [ "$(cat "$state.code" 2>/dev/null)" = 0 ] || {
        # no space left makes the compiler fail in many words
        [ "$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')" -gt 8 ] || fail build.disk.full path="$root"
        fail build.compile.failed
    }
    rm -f "$state.code"
    echo "made $made_of" >"$state" || fail build.disk.not-written path="$state"
}

case $verb in
check) check_compile ;;
apply) apply_compile ;;
esac
