# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Starts the servers of a host. The exit code of a server that becomes a daemon proves nothing: whether it serves is
# asked by PING afterwards, and its log says why not.
#
# root data ports
# owner   the account that runs the servers; empty when it is the one that signs in
# units   yes where each is a systemd unit
# cluster its name, for the units

root=$(expand "$root")
server=$root/bin/redis-server

# the server of a port, by its pid file and the folder that it works in; links may lead there
# shellcheck disable=SC3013  # -ef is in dash and busybox, too
running() {
    pid=
    { read -r pid <"$root/$1/redis.pid"; } 2>/dev/null
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    [ "/proc/$pid/cwd" -ef "$root/$1/$data" ]
}

unit_text() {
    cat <<END
[Unit]
Description=Redis node $1 of the cluster $(printf '%s' "$cluster" | tr -d '\n' | sed 's/%/%%/g')
After=network-online.target
Wants=network-online.target

[Service]
Type=simple
User=${owner:-$(id -un)}
$(exec_start "$root" "$1")
LimitNOFILE=100032
# a node that comes back within node-timeout with less data than it had would overwrite its replicas
Restart=no
TimeoutStopSec=infinity

[Install]
WantedBy=multi-user.target
END
}

start_unit() {
    u=$(unit_name "$cluster" "$1")
    f=$UNITS/$u
    [ ! -e "$f" ] || starts_ours "$f" "$root" "$1" || fail build.start.unit-taken path="$f" node="$root/$1"
    unit_text "$1" >"$f.new" || fail build.disk.not-written path="$f"
    if cmp -s "$f.new" "$f"; then rm -f "$f.new"; else mv -f "$f.new" "$f" && systemctl -q daemon-reload; fi
    systemctl -q enable "$u"
    systemctl reset-failed "$u" 2>/dev/null
    systemctl start "$u" || fail build.start.unit-failed unit="$u"
}

start_daemon() {
    (
        cd "$root/$1/$data" || exit 1
        if [ -z "$owner" ] || [ "$owner" = "$(id -un)" ]; then
            spawn "$server" "$root/$1/redis.conf"
        elif changes_account; then
            spawn setpriv --reuid "$owner" --regid "$(id -g "$owner")" --init-groups "$server" "$root/$1/redis.conf"
        else
            # shellcheck disable=SC2016  # expanded by the shell of that user
            spawn su -s /bin/sh "$owner" -c 'exec "$0" "$1"' "$server" "$root/$1/redis.conf"
        fi
    ) || fail build.start.no-folder path="$root/$1/$data"
}

apply_start() {
    # the limit that the server raises itself to
    # shellcheck disable=SC3045  # dash and busybox have it
    ulimit -n "$(ulimit -Hn)" 2>/dev/null
    for port in $ports; do
        if running "$port"; then continue; fi
        if [ "$units" = yes ]; then start_unit "$port"; else start_daemon "$port"; fi
    done
}

# what came of it: runs, or down with the log's last lines
why() {
    for port in $ports; do
        if running "$port"; then
            fact runs "$port"
            continue
        fi
        fact down "$port"
        tail -n 15 "$root/$port/redis.log" 2>/dev/null | while IFS= read -r line; do fact "log_$port" "$line"; done
        if [ "$units" = yes ]; then
            journalctl -q -n 8 --no-pager -o cat -u "$(unit_name "$cluster" "$port")" 2>/dev/null
        fi
    done
}

case $verb in
apply) apply_start ;;
why) why ;;
esac
