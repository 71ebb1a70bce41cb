# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# The release's tarball, in src/ below the root, with the right checksum.
#
# root release   nothing is needed where this release is installed already
# name sha256    the tarball's name there, and the checksum that it must have; stage: the name of the copy to come
# url            where to fetch it; empty when it was copied to "from"
# from           a copy that is waiting to be taken over; may be empty

root=$(expand "$root")
file=$root/src/$name

right() { [ -f "$file" ] && [ "$(sha256 "$file")" = "$sha256" ]; }

check_source() {
    if [ "$(installed "$root")" = "$release" ]; then
        verdict "done" build.source.not-needed
    fi
    if right; then verdict "done" build.source.there name="$name"; fi
    verdict needed build.source.missing name="$name"
}

fetch() {
    if command -v curl >/dev/null 2>&1; then
        curl -fsSL --retry 3 --connect-timeout 20 --speed-limit 1 --speed-time 60 -o "$file.part" "$url"
    elif command -v wget >/dev/null 2>&1; then
        wget -nv -t 3 -T 20 -O "$file.part" "$url"
    else
        fail build.source.no-downloader
    fi
}

apply_source() {
    workshop "$root" src && ours "$root" src "$name" "$name.part" || fail build.disk.not-written path="$root/src"
    file=$name
    if right; then return 0; fi
    if [ -n "$from" ]; then
        mv -f "$(expand "$from")" "$file.part" || fail build.disk.not-written path="$file.part"
        rmdir "$(copies)" 2>/dev/null
    else
        progress -1 "$name"
        fetch || { rm -f "$file.part"; fail build.source.not-fetched url="$url"; }
    fi
    got=$(sha256 "$file.part")
    if [ "$got" != "$sha256" ]; then
        rm -f "$file.part"
        fail build.source.wrong-sum name="$name" wanted="$sha256" got="$got"
    fi
    mv -f "$file.part" "$file" || fail build.disk.not-written path="$file"
}

# a place where the user who signed in can put a copy
stage() {
    if [ -n "$private" ]; then
        place=$(copies)
        mkdir -p "$place"
    else
        place=$root/src
        workshop "$root" src && ours "$root" src "$name"
    fi || fail build.disk.not-written path="$place"
    fact stage "$place"
}

case $verb in
check) check_source ;;
apply) apply_source ;;
stage) stage ;;
esac
