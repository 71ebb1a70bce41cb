# shellcheck shell=bash
# What can go wrong inside a host: its keys, disks and clock. Sourced by lab.

reload_sshd() {
    local before
    if has_systemd "$1"; then
        in_host "$1" systemctl restart ssh
        await_ssh "$1"
        return
    fi
    before=$(listening "$1")
    in_host "$1" sh -c 'kill -HUP "$(cat /run/sshd.pid)"'
    await 10 "sshd of $1 does not come back" more_listening "$1" "$before"
    await_ssh "$1"
}

listening() { grep -c 'Server listening on 0.0.0.0' "$state/hosts/$1/upper/var/log/sshd.log" || true; }
more_listening() { [ "$(listening "$1")" -ge $(($2 + $(grep -c '^Port ' "$here/accounts"))) ]; }

command_rekey() {
    must_be_up && known "$1" && must_run "$1"
    lock
    new_host_keys "$1"
    write_known_hosts
    local type
    for type in ed25519 ecdsa; do
        in_host "$1" sh -c "umask 077; cat >/etc/ssh/ssh_host_${type}_key" <"$state/hosts/$1/key.$type"
    done
    reload_sshd "$1"
}

command_fill() {
    must_be_up && known "$1" && must_run "$1"
    local h=$1 dir=$2 size=$3 free=${4:-0}
    in_host "$h" sh -ec '
        mkdir -p "$1"; set -- "$@" "$(stat -c %a "$1")" "$(stat -c %u "$1")" "$(stat -c %g "$1")"
        mount -t tmpfs -o "size=$2,mode=$4,uid=$5,gid=$6" tmpfs "$1"
        left=$(df --output=avail -B1 "$1" | tail -1)
        head -c "$((left - $3))" /dev/zero >"$1/.filled-by-lab" 2>/dev/null || true' sh "$dir" "$size" "$(bytes "$free")"
}

command_unfill() {
    must_be_up && known "$1" && must_run "$1"
    in_host "$1" umount "$2"
}

command_noexec() {
    must_be_up && known "$1" && must_run "$1"
    in_host "$1" mount -t tmpfs -o "noexec,nosuid,nodev,mode=$(in_host "$1" stat -c %a "$2")" tmpfs "$2"
}

bytes() { numfmt --from=iec "$1"; }

# By preloading in what sshd and sudo start: sshd's own sandbox would not survive /etc/ld.so.preload.
command_skew() {
    must_be_up && known "$1" && must_run "$1"
    local h=$1 seconds=$2 library=/usr/lib/lab-skew.so
    if [ "$seconds" = 0 ]; then
        in_host "$h" rm -f /etc/ssh/sshd_config.d/skew.conf /etc/sudoers.d/skew
    else
        cc -shared -fPIC -O2 -DSECONDS="$seconds" -o "$state/skew.so" "$here/skew.c"
        in_host "$h" sh -c 'cat >"$1.new" && mv "$1.new" "$1"' sh "$library" <"$state/skew.so"
        in_host "$h" sh -c 'echo "SetEnv LD_PRELOAD=$1" >/etc/ssh/sshd_config.d/skew.conf
            echo "LD_PRELOAD=$1" >/etc/ssh/skew.environment
            echo "Defaults env_file=/etc/ssh/skew.environment" >/etc/sudoers.d/skew' sh "$library"
    fi
    reload_sshd "$h"
}
