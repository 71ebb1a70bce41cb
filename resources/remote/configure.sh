# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# A node's folder, its redis.conf and, where none exists yet, its nodes.conf. What stands in a redis.conf is worked out
# by the other computer; it arrives as an answer, since it holds the password.
#
# root data ports
# ids     port=id of every node here
# table   the lines of nodes.conf, the same for every node but for the word myself
# edited  the ports whose redis.conf is to be written
# owner   the account that runs the servers; empty when it is the one that signs in

root=$(expand "$root")

sum() { if [ -f "$1" ]; then sha256 "$1"; else echo -; fi; }

packed() { gzip -c -n "$1" | base64 | tr -d '\n'; }

id_of() {
    for i in $ids; do
        if [ "${i%%=*}" = "$1" ]; then echo "${i#*=}"; fi
    done
}

# data of a node without a nodes.conf: somebody else's, or what is left of somebody
leftover() {
    for f in "$1"/*.aof "$1/appendonlydir" "$1"/*.rdb; do
        if [ -e "$f" ]; then printf '%s\n' "$f" && return 0; fi
    done
    return 1
}

look() {
    [ -r "$root/share/redis.conf" ] || fail build.configure.unreadable path="$root/share/redis.conf"
    fact text "$(packed "$root/share/redis.conf")"
    for port in $ports; do
        dir=$root/$port/$data
        fact "conf_$port" "$(sum "$root/$port/redis.conf")"
        self=-
        if [ -s "$dir/nodes.conf" ]; then
            self=$(awk '$3 ~ /myself/ { print $1 }' "$dir/nodes.conf")
        elif f=$(leftover "$dir"); then
            fact leftover "$f"
        fi
        fact "node_$port" "$self"
    done
}

text() {
    f=$root/$port/redis.conf
    [ -r "$f" ] || fail build.configure.unreadable path="$f"
    fact text "$(packed "$f")"
}

# a link there is not followed
give() { [ -z "$owner" ] || chown -h "$owner" "$@" || fail build.configure.no-owner owner="$owner"; }

# put FOLDER NAME MODE CMD…: what CMD prints becomes a file of the account, in a folder of the account: where its own link leads
# elsewhere, nothing is written
put() (
    aside "$1" || fail build.disk.not-written path="$1"
    [ -z "$owner" ] || [ "$(stat -c %U ..)" = "$owner" ] || fail build.configure.not-its path="$1" owner="$owner"
    to=$1/$2
    name=$2
    mode=$3
    shift 3
    "$@" >new && chmod "$mode" new || fail build.disk.not-written path="$to"
    give new
    place new "../$name" || fail build.disk.not-written path="$to"
)

unpacked() { printf '%s' "$1" | base64 -d | gzip -dc; }

# the table as the node of that id has it
table_of() { printf '%s\n' "$table" | sed "s/^\($1 [^ ]*\) /\1 myself,/"; }

write() {
    umask 077
    for port in $ports; do
        node=$root/$port
        (umask 022 && mkdir -p "$node") && (inside "$root" "$port" && umask 022 && mkdir -p "$data" && give . "$data") ||
            fail build.disk.not-written path="$node/$data"
        case " $edited " in
            *" $port "*)
                conf=$(ask "conf_$port") || fail build.configure.no-answer port="$port"
                put "$node" redis.conf 600 unpacked "$conf" || exit 1
                ;;
        esac
        if [ ! -s "$node/$data/nodes.conf" ] && ! leftover "$node/$data" >/dev/null; then
            put "$node/$data" nodes.conf 644 table_of "$(id_of "$port")" || exit 1
        fi
    done
}

case $verb in
look) look ;;
text) text ;;
write) write ;;
esac
