# shellcheck shell=bash
# What a host sees of the kernel: its own /proc, /dev, /run, and settings that it can't spoil. Sourced by boot and pristine.

lay_kernel() { # root of the host, scratch folder
    local root=$1 at=$2 name major minor
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
    mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
    mount -t tmpfs -o nosuid,nodev,mode=755 tmpfs "$root/run"
    mount -t tmpfs -o nosuid,mode=755 tmpfs "$root/dev"
    while read -r name major minor; do
        mknod -m 666 "$root/dev/$name" c "$major" "$minor"
    done <<'EOF'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
EOF
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s /proc/self/fd/0 "$root/dev/stdin"
    ln -s /proc/self/fd/1 "$root/dev/stdout"
    ln -s /proc/self/fd/2 "$root/dev/stderr"
    ln -s pts/ptmx "$root/dev/ptmx"
    mkdir "$root/dev/pts" "$root/dev/shm" "$root/run/lock"
    chmod 1777 "$root/run/lock"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5,nosuid,noexec devpts "$root/dev/pts"
    mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/dev/shm"

    # Kernel settings belong to the whole machine: read-only, except the network's, which are the host's own,
    # and a stand-in for overcommit_memory, so that its cure and the persistence of its cure can be tried.
    mkdir -p "$at/net"
    echo 0 >"$at/overcommit_memory"
    mount --bind "$root/proc/sys/net" "$at/net"
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,bind,ro "$root/proc/sys"
    mount --bind "$at/net" "$root/proc/sys/net"
    mount --bind "$at/overcommit_memory" "$root/proc/sys/vm/overcommit_memory"
    [ ! -e /proc/sysrq-trigger ] || mount --bind "$root/dev/null" "$root/proc/sysrq-trigger"
}
