# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# What is done to an append-only file. Nothing is ever destroyed: what it was stays beside it under a dated name.
#
# act   keep      a second name for the damaged file before the server replaces it
#       aside     moves it away, so that a replica starts without it and fetches everything from its master
#       truncate  cuts a copy of it behind its last sound command (redis-check-aof --fix), which takes its place
#       rewrite   is the server's own doing: only looks whether what was kept has been written anew since
# server dir aof aofdir user  as for aof-check
# port                   on which the server would listen: aside and truncate want it stopped
# stamp                  of the dated name, the same whenever the step is repeated

# what was set aside already is told by its dated name: its place may be empty, or have been taken since
find_target() {
    node_account "${user:-}" "$dir"
    aof_target "$server" "$dir" "$aof" "$aofdir"
    what=$dir/$aof
    if [ -n "$MULTI" ]; then what=$dir/$aofdir; fi
    for it in "$dir/$aof" "$dir/$aofdir"; do
        if [ -e "$it.damaged-$stamp" ]; then what=$it; fi
    done
    kept=$what.damaged-$stamp
    target=$what
    if [ "$what" = "$dir/$aofdir" ]; then target=$what/$aof.manifest; fi
}

runs() {
    hex=$(printf '%04X' "$port")
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port="$hex" '$4 == "0A" { n = split($2, a, ":"); if (a[n] == port) found = 1 } END { exit !found }'
}

sound() { checked_aof "$work" "$server" "$target" >"$work/out" 2>&1; }

undo() { if [ -n "$work" ]; then rm -rf "$work"; fi; }

with_tool() {
    [ -x "$server" ] || fail aof.no-tool path="$server"
    work=
    finally undo
    aof_work
}

# kept_by CMD…: what CMD puts into the file or folder named after its arguments gets its name when it is whole
kept_by() (
    aside "$dir" && { "$@" new || { rm -rf new; exit 1; }; } && sync && place new "../${kept##*/}"
)

# hard links where the file system has them: no byte is copied, and the server goes on writing to the old name
keep() {
    kept_by cp -al "$what" 2>/dev/null || kept_by cp -a "$what" || fail aof.no-space path="$kept"
}

# Only files and folders: no link leads from there elsewhere.
plain() { [ -z "$(find "$1" ! -type f ! -type d | head -n 1)" ]; }

not_cut() {
    rm -rf new
    fail "$@"
}

# Where only we may write: whoever owns the folder, and we may be root, can put no link where --fix writes. What it was gets the dated name
# by being renamed, so no byte of it is touched.
cut_copy() (
    aside "$dir" || fail aof.no-space path="$kept"
    old=../${what##*/} keep=../${kept##*/}
    from=$old
    [ -e "$from" ] || from=$keep # ended right between the two renames
    need=$(du -sk "$from" | cut -f1)
    free=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$need" ] || fail aof.no-space path="$kept" need="$need" free="$free"
    cp -a "$from" new || not_cut aof.no-space path="$kept" need="$need" free="$free"
    plain new || not_cut aof.link path="$what"
    target=new${target#"$what"}
    chmod 711 . # the tool runs as the account
    checked_aof "$work" "$server" "$target" --fix || sound || not_cut aof.fix-failed path="$what"
    sync
    if [ ! -e "$keep" ]; then place "$old" "$keep" || not_cut aof.fix-failed path="$what"; fi
    place new "$old" || not_cut aof.fix-failed path="$what"
)

base() { grep ' type b' "$1/$aof.manifest"; }

# whether it does not go on from what was kept: from 7.0 on another base is named when a rewrite has ended, before that another file
# takes its place
anew() {
    [ -e "$kept" ] && [ -e "$what" ] || return 1
    if [ -d "$what" ]; then
        now=$(base "$what") && [ "$now" != "$(base "$kept")" ]
    else
        # shellcheck disable=SC3013  # dash and busybox have it
        ! [ "$what" -ef "$kept" ] && ! head -c "$(wc -c <"$kept")" "$what" | cmp -s - "$kept"
    fi
}

check() {
    if [ "$act" = rewrite ]; then
        if anew; then verdict "done" aof.kept path="$kept"; fi
        verdict needed aof.there path="$what"
    fi
    # what lies there by now, a server that was started since has begun
    if [ -e "$kept" ] && [ "$act" != truncate ]; then verdict "done" aof.kept path="$kept"; fi
    if [ "$act" = truncate ] && [ -e "$kept" ]; then
        # it has loaded the file: one that grows while it is looked at gives false alarms
        if runs; then verdict "done" aof.kept path="$kept"; fi
        with_tool
        if sound; then verdict "done" aof.truncated path="$kept"; fi
    fi
    if [ ! -e "$what" ]; then
        if [ "$act" = aside ]; then verdict "done" aof.none path="$what"; fi
        if [ "$act" = truncate ] && [ -e "$kept" ]; then verdict needed aof.there path="$kept"; fi
        blocked aof.gone path="$what"
    fi
    verdict needed aof.there path="$what"
}

stopped() { if runs; then fail aof.still-runs port="$port"; fi; }

apply() {
    case $act in
    keep) [ -e "$kept" ] || keep ;;
    aside)
        if [ ! -e "$kept" ] && [ -e "$what" ]; then
            stopped
            place "$what" "$kept" || fail aof.not-moved path="$what"
        fi
        ;;
    truncate)
        stopped
        with_tool
        if [ ! -e "$kept" ] || ! sound; then cut_copy || exit; fi
        ;;
    esac
    say aof.kept path="$kept"
}

server=$(expand "$server")
dir=$(expand "$dir")
find_target

case $verb in
check) check ;;
apply) apply ;;
esac
