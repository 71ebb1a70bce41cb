# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# Checks an append-only file where it lies, with redis-check-aof and without --fix: it only reads. Copies of a file that grows
# give false alarms. An error in what was just being written is looked at twice again.
#
# server          the server's program: the tool lies beside it, or is the same program under another name
# dir aof aofdir  where its files are; aofdir is empty before 7.0
# running         yes when the server may still write
# user            the account that the node runs as; may be empty

# the bytes that hold data: a file without any write yet is empty, and sound
weigh() {
    if [ -n "$MULTI" ]; then
        total=$(stat -c %s "$dir/$aofdir/$aof".*.rdb "$dir/$aofdir/$aof".*.aof 2>/dev/null | awk '{ n += $1 } END { print n + 0 }')
    else
        total=$(wc -c <"$target")
    fi
}

last_of_manifest() { sed -n 's/^file \([^ ]*\) .*/\1/p' "$target" | tail -n 1; }

# runs the tool; sets rc, file, size, ok, reason
look() {
    rc=0
    checked_aof "$work" "$server" "$target" >"$work/out" 2>&1 || rc=$?
    line=$(grep '^AOF analyzed:' "$work/out" | tail -n 1)
    # its fields: [filename=NAME, ]size=N, ok_up_to=N[, ok_up_to_line=N], diff=N
    size=$(printf '%s\n' "$line" | sed -n 's/.*[ ,]size=\([0-9]*\).*/\1/p')
    ok=$(printf '%s\n' "$line" | sed -n 's/.*ok_up_to=\([0-9]*\).*/\1/p')
    # 0xOFFSET: REASON, or (7.0, where not even a command begins) only a sentence right before the figures
    reason=$(sed -n 's/^0x *[0-9a-f]*: //p' "$work/out" | tail -n 1)
    [ -n "$reason" ] || reason=$(grep -B 1 '^AOF analyzed:' "$work/out" | tail -n 2 | head -n 1)
    file=$target
    if [ -n "$MULTI" ]; then
        file=$(printf '%s\n' "$line" | sed -n 's/.*filename=\([^,]*\),.*/\1/p')
        [ -n "$file" ] || file=$(sed -n 's/.*Checking RDB file \(.*\)$/\1/p' "$work/out" | tail -n 1)
        file=$dir/$aofdir/${file##*/}
    fi
}

broken_preamble() { grep -q -e 'preamble of AOF file is not sane' -e 'RDB ERROR DETECTED' "$work/out"; }

# what an earlier look complained of is sound by now: only the tail was still growing
grew() { [ "$file" = "$before_file" ] && [ -n "$ok" ] && [ -n "$before_size" ] && [ "$ok" -ge "$before_size" ]; }

tell() {
    fact state "$1"
    fact file "$file"
    fact size "${size:-$total}"
    fact ok "${ok:-0}"
    fact reason "$reason"
    fact checks "$checks"
    if [ -z "$MULTI" ] || [ "${file##*/}" = "$(last_of_manifest)" ]; then fact last yes; else fact last no; fi
}

# commands behind the damage begin with *N on a line of their own; values may look like that, so it is about so many
tell_lost() {
    from=$((ok + 1))
    fact lost_commands "$(tail -c "+$from" "$file" | LC_ALL=C tr -c '*0-9\n' 'x' | grep -c '^\*[0-9][0-9]*x$')"
    fact lost_bytes "$(tail -c "+$from" "$file" | head -c 16384 | od -An -v -tx1 | tr -d ' \n')"
}

undo() { if [ -n "$work" ]; then rm -rf "$work"; fi; }

check() {
    node_account "${user:-}" "$dir"
    aof_target "$server" "$dir" "$aof" "$aofdir"
    # shellcheck disable=SC2153 # of aof_target
    target=$TARGET
    if [ ! -e "$target" ]; then
        if [ -d "$dir" ] && [ ! -x "$dir" ]; then fact state denied; else fact state absent; fact file "$target"; fi
        return 0
    fi
    if [ ! -w "$target" ]; then fact state denied; return 0; fi
    weigh
    file=$target size=$total ok=$total reason='' checks=0
    if [ "$total" -eq 0 ]; then tell empty; return 0; fi
    work=
    finally undo
    aof_work
    [ -x "$server" ] || fail aof.no-tool path="$server"
    before_file='' before_size=''
    while :; do
        checks=$((checks + 1))
        progress -1 "$target"
        look
        if [ "$rc" -eq 0 ] || grew; then ok=$size; reason=''; tell valid; return 0; fi
        if [ "$running" != yes ] || [ "$checks" -ge 3 ]; then break; fi
        before_file=$file before_size=$size
        sleep 1
    done
    cat "$work/out"
    if broken_preamble; then tell preamble; return 0; fi
    # not even a verdict: the file or the tool can't be used
    if [ -z "$ok" ]; then fail aof.tool-failed why="$(tail -n 1 "$work/out")"; fi
    tell damaged
    tell_lost
}

server=$(expand "$server")
dir=$(expand "$dir")

case $verb in
look) check ;;
esac
