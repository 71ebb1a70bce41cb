# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# The files from which a server would load its data when it starts. Only looks.
#
# dir                          its working directory
# rdb aof aofdir nodes         names within it: dbfilename, appendfilename, appenddirname, cluster-config-file

told() {
    [ -e "$2" ] || return 0
    fact "$1" "$(stat -c '%s %Y' "$2")"
}

dir=$(expand "$dir")

case $verb in
facts)
    if [ ! -e "$dir" ]; then
        fact dir missing
        # a folder above it that we may not enter hides it
        up=$dir
        while [ ! -e "$up" ] && [ "$up" != / ]; do up=$(dirname "$up"); done
        if [ ! -x "$up" ]; then fact dir denied; fi
        exit 0
    fi
    if [ ! -r "$dir" ] || [ ! -x "$dir" ]; then
        fact dir denied
        exit 0
    fi
    fact dir found
    fact now "$(date +%s)"
    fact free_kb "$(df -Pk "$dir" | awk 'NR == 2 { print $4 }')"
    told rdb "$dir/$rdb"
    # where it stands in the replication stream is told within its first bytes
    if [ -f "$dir/$rdb" ] && [ -r "$dir/$rdb" ]; then fact rdb_head "$(od -An -v -tx1 -N 512 "$dir/$rdb" | tr -d ' \n')"; fi
    told aof "$dir/$aof"
    if [ -r "$dir/$aofdir/$aof.manifest" ]; then
        fact manifest "$(cat "$dir/$aofdir/$aof.manifest")"
        for f in "$dir/$aofdir"/*; do fact part "$(stat -c '%s %Y' "$f") ${f##*/}"; done
    fi
    if [ -r "$dir/$nodes" ]; then fact myself "$(grep 'myself' "$dir/$nodes" | head -n 1)"; fi
    ;;
esac
