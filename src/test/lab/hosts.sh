# shellcheck shell=bash
# Making, booting and crashing hosts. Sourced by lab.

# --- the lab ---

make_lab() {
    mkdir -m 700 "$state"
    echo "$name" >"$state/name"
    echo "$checkout" >"$state/checkout"
    mkdir "$state/hosts" "$state/keys" "$state/layer" "$state/served"
    (cd "$state/hosts" && overlay_works) || mount -t tmpfs -o mode=700 tmpfs "$state/hosts" # /tmp is itself an overlay
    make_switch
    make_keys
}

overlay_works() {
    mkdir lower upper work merged
    local code=0
    unshare --mount mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged 2>/dev/null || code=1
    rm -rf lower upper work merged
    return $code
}

make_keys() {
    local keys=$state/keys layer=$state/layer type user at hash i root
    local -A bits=([rsa]=2048)
    root=$(debian)/root
    random 24 >"$keys/password"
    random 24 >"$keys/passphrase"
    for type in ed25519 ecdsa rsa; do
        ssh-keygen -q -t $type ${bits[$type]:+-b "${bits[$type]}"} -N '' -C "lab $type" -f "$keys/id_$type"
        cp "$keys/id_$type" "$keys/id_${type}_pass"
        # the one argv here with a secret in it; it opens nothing beyond this lab
        ssh-keygen -q -p -P '' -N "$(cat "$keys/passphrase")" -f "$keys/id_${type}_pass" >/dev/null
    done
    mkdir -p "$layer/etc" "$layer/home"
    hash=$(inside "$root" openssl passwd -6 -stdin <"$keys/password")
    awk -F: -v OFS=: -v hash="$hash" '
        NR == FNR { if ($3 >= 1000 && $3 < 60000) real[$1]; next }
        $1 == "root" || $1 in real { $2 = hash } 1' "$root/etc/passwd" "$root/etc/shadow" >"$layer/etc/shadow"
    chmod --reference="$root/etc/shadow" "$layer/etc/shadow"
    chown --reference="$root/etc/shadow" "$layer/etc/shadow"
    for user in root $(ls "$root/home"); do
        at=home/$user
        [ "$user" != root ] || at=root
        mkdir -p "$layer/$at/.ssh"
        cat "$keys"/id_*.pub >"$layer/$at/.ssh/authorized_keys"
        chown -R --reference="$root/$at" "$layer/$at"
        chmod --reference="$root/$at" "$layer/$at"
        chmod 700 "$layer/$at/.ssh"
        chmod 600 "$layer/$at/.ssh/authorized_keys"
    done
    {
        echo '127.0.0.1 localhost'
        echo "$(cat "$state/subnet").1 gate"
        for ((i = 1; i <= most; i++)); do echo "$(addr "h$i") h$i"; done
    } >"$layer/etc/hosts"
    cat >"$state/ssh_config" <<EOF
Host h* 10.*
    User root
    IdentityFile $keys/id_ed25519
    IdentitiesOnly yes
    UserKnownHostsFile $state/known_hosts
    StrictHostKeyChecking yes
EOF
    for ((i = 1; i <= most; i++)); do printf 'Host h%s\n    HostName %s\n' $i "$(addr h$i)"; done >>"$state/ssh_config"
}

random() { head -c 512 /dev/urandom | LC_ALL=C tr -dc 'a-zA-Z0-9' | head -c "$1"; }

# --- hosts ---

known() { [ -d "$state/hosts/$1" ] || die "no host $1: there are $(cd "$state/hosts" && echo h*)"; }

addr() { echo "$(cat "$state/subnet").$((${1#h} + 10))"; }

make_host() { # name, what is asked for with --with…
    mkdir "$state/hosts/$1"
    new_host_keys "$1"
    new_disk "$@"
}

layer_of() { # host, what is asked for with --with…: root, compiler, systemd or compiler+systemd
    local h=$1 wish has=()
    shift
    for wish in "$@"; do
        case $wish in
        compiler | systemd) has+=("$wish") ;;
        compiler=* | systemd=*) [[ ,${wish#*=}, != *,$h,* ]] || has+=("${wish%%=*}") ;;
        *) die "--with compiler[=h1,h2] or systemd[=h1,h2], not '$wish'" ;;
        esac
    done
    [ ${#has[@]} -gt 0 ] || has=(root)
    printf '%s\n' "${has[@]}" | sort -u | paste -sd+
}

new_disk() {
    local at=$state/hosts/$1 layer
    layer=$(layer_of "$@")
    need_root "$layer"
    rm -rf --one-file-system "$at/upper" "$at/work"
    mkdir -p "$at/upper/etc/ssh" "$at/upper/usr/sbin" "$at/work" "$at/root"
    echo "$layer" >"$at/layer"
    if [ "$layer" = root ]; then layer=''; else layer=:$(debian)/$layer; fi
    echo "$state/layer$layer:$(debian)/root" >"$at/lower"
    echo "$1" >"$at/upper/etc/hostname"
    cp "$here/init" "$at/upper/usr/sbin/lab-init"
}

command_wipe() {
    must_be_up && known "$1"
    local h=$1 with=()
    shift
    while [ "${1:-}" = --with ]; do
        with+=("$2")
        shift 2
    done
    lock
    heal "$h"
    halt_host "$h"
    new_disk "$h" "${with[@]}"
    boot_host "$h"
    await_ssh "$h"
}

new_host_keys() {
    local at=$state/hosts/$1 type
    for type in ed25519 ecdsa; do
        rm -f "$at/key.$type" "$at/key.$type.pub"
        ssh-keygen -q -t $type -N '' -C "$1" -f "$at/key.$type"
    done
}

write_known_hosts() {
    local h at type
    for at in "$state"/hosts/*/; do
        h=$(basename "$at")
        for type in ed25519 ecdsa; do
            [ ! -e "$at/key.$type.pub" ] || echo "$(addr "$h"),$h $(cut -d' ' -f1,2 "$at/key.$type.pub")"
        done
    done >"$state/known_hosts.new"
    mv "$state/known_hosts.new" "$state/known_hosts"
}

init_of() { # pid of a host's first process while it lives
    local pid _
    alive "$state/hosts/$1/init" && read -r pid _ <"$state/hosts/$1/init" && echo "$pid"
}

must_run() { init_of "$1" >/dev/null || die "$1 is crashed: lab boot $1"; }

boot_host() {
    local h=$1 at=$state/hosts/$1
    halt_host "$h"
    write_known_hosts
    # the first child of the inner shell is process 1 of the host; the shell itself goes away
    setsid bash -c '[ -z "$1" ] || { mkdir -p "$1" && echo $$ >"$1/cgroup.procs"; }
        exec unshare --mount --pid --uts --ipc --net --cgroup --propagation private bash -c '\''"$@" & disown'\'' bash "${@:2}"' \
        bash "$(cgroup_of "$h")" env -i --default-signal PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        "$here/boot" "$at" "$record" </dev/null >>"$at/console" 2>&1
    await 10 "$h did not start: see $at/console" test -s "$at/init"
    plug "$h"
    touch "$at/booted"
}

has_systemd() { [[ $(cat "$state/hosts/$1/layer" 2>/dev/null) = *systemd* ]]; }

# systemd wants a group of its own to manage; the other hosts do without.
cgroup_of() {
    has_systemd "$1" || return 0
    local mounted
    mounted=$(findmnt -n -t cgroup2 -o TARGET | head -1)
    [ -n "$mounted" ] || die 'a host with systemd wants cgroup2 mounted on this machine'
    echo "$mounted/$(basename "$state")-$1"
}

# Take the cable first: a crashed machine says goodbye to nobody.
halt_host() {
    unplug "$1"
    end_recorded "$state/hosts/$1/init"
    local group
    group=$(cgroup_of "$1")
    [ -z "$group" ] || await 10 "the cgroup $group of $1 can't be removed" gone "$group"
    rm -f "$state/hosts/$1/booted"
}

# the kernel lets go of a dead host's groups a little after its last process
gone() { [ ! -d "$1" ] || { find "$1" -depth -type d -exec rmdir {} + 2>/dev/null && [ ! -d "$1" ]; }; }

answers() { (exec 3<>"/dev/tcp/$(addr "$1")/22" && read -r -t 2 line <&3 && [[ $line == SSH-2.0* ]]) 2>/dev/null; }

await_ssh() { [ -e "$state/hosts/$1/unreachable" ] || await 20 "sshd of $1 does not answer: see $state/hosts/$1/console" answers "$1"; }

command_boot() {
    must_be_up && known "$1"
    lock
    [ ! -e "$state/hosts/$1/booted" ] || ! init_of "$1" >/dev/null || die "$1 runs"
    boot_host "$1"
    await_ssh "$1"
}

command_crash() {
    must_be_up && known "$1" && must_run "$1"
    lock
    halt_host "$1"
}

command_exec() {
    must_be_up && known "$1" && must_run "$1"
    local h=$1 as=()
    shift
    [ "$1" != -u ] || {
        as=(runuser -u "$2" --)
        shift 2
    }
    [ "$1" != -- ] || shift
    exec nsenter --target "$(init_of "$h")" --mount --uts --ipc --net --pid --cgroup \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "${as[@]}" "$@"
}

command_pids() {
    must_be_up && known "$1"
    local init ns pid
    init=$(init_of "$1") || return 0
    ns=$(readlink "/proc/$init/ns/pid")
    for pid in /proc/[0-9]*; do
        [ "$(readlink "$pid/ns/pid" 2>/dev/null)" != "$ns" ] || basename "$pid"
    done
}

in_host() { # run this machine's tools on a host's files
    local h=$1
    shift
    nsenter --target "$(init_of "$h")" --mount --pid --root --wd "$@"
}

notes() {
    local at=$state/hosts/$1
    [ ! -s "$at/cuts" ] || printf ', %s' "$(paste -sd, "$at/cuts")"
}
