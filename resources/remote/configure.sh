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

give() { [ -z "$owner" ] || chown "$owner" "$@" || fail build.configure.no-owner owner="$owner"; }

write() {
    umask 077
    for port in $ports; do
        node=$root/$port
        (umask 022 && mkdir -p "$node/$data") || fail build.disk.not-written path="$node/$data"
        give "$node" "$node/$data"
        case " $edited " in
            *" $port "*)
                conf=$(ask "conf_$port") || fail build.configure.no-answer port="$port"
                printf '%s' "$conf" | base64 -d | gzip -dc >"$node/redis.conf.new" || fail build.disk.not-written path="$node/redis.conf"
                give "$node/redis.conf.new"
                mv -f "$node/redis.conf.new" "$node/redis.conf" || fail build.disk.not-written path="$node/redis.conf"
                ;;
        esac
        if [ ! -s "$node/$data/nodes.conf" ] && ! leftover "$node/$data" >/dev/null; then
            id=$(id_of "$port")
            printf '%s\n' "$table" | sed "s/^\($id [^ ]*\) /\1 myself,/" >"$node/$data/nodes.conf.new" &&
                chmod 644 "$node/$data/nodes.conf.new" || fail build.disk.not-written path="$node/$data/nodes.conf"
            give "$node/$data/nodes.conf.new"
            mv "$node/$data/nodes.conf.new" "$node/$data/nodes.conf" || fail build.disk.not-written path="$node/$data/nodes.conf"
        fi
    done
}

case $verb in
look) look ;;
text) text ;;
write) write ;;
esac
