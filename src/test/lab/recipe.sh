# shellcheck shell=bash
# The Debian root that every host lies over, and the layers that some have besides. A change here builds them anew. Sourced by lab.

# What a bare host has; python is left out on purpose, and so is every compiler.
bare=(openssh-server sudo nftables dash busybox-static locales procps iproute2 iputils-ping ca-certificates netcat-openbsd
    curl wget xz-utils less psmisc util-linux-extra libpcre2-32-0)
# What the hosts may install with apt: these and whatever they need lie in the root as packages, so no host asks the network.
installable=(gcc make libc6-dev pkg-config tcl logrotate systemd systemd-sysv dbus redis-server
    libfreetype6 libpangoft2-1.0-0 libfontconfig1 fonts-dejavu-core libgtk-3-0 libxtst6 libgl1 libxxf86vm1)

build_root() {
    local at=$1 root=$1/root mirror
    say "building the Debian root (once; about a minute)"
    rm -rf --one-file-system "$at"
    mkdir -p "$at"
    mirror=$(machine_sources | awk -v s="$(own_suite)" '$3 == s { print $2; exit }')
    [ -n "$mirror" ] || die "this machine's apt knows no archive of $(own_suite)"
    debootstrap --variant=minbase "$(own_suite)" "$root" "$mirror" >"$at/build.log" 2>&1 || die "debootstrap failed: see $at/build.log"
    machine_sources >"$root/etc/apt/sources.list"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no service starts while we build
    chmod +x "$root/usr/sbin/policy-rc.d"
    cp "$here/accounts" "$root/root/accounts"
    inside "$root" sh -ec '
        export DEBIAN_FRONTEND=noninteractive
        tools=$1; shift
        apt-get update -q
        apt-get install -q -y --no-install-recommends "$@"
        # fish alone: its package would bring python
        (cd /var/cache/apt && apt-get download -q fish fish-common && for deb in fish*.deb; do dpkg-deb -x "$deb" /; done; rm fish*.deb)
        apt-get clean
        for l in en_US zh_CN; do echo "$l.UTF-8 UTF-8"; done > /etc/locale.gen
        locale-gen
        sh -e /root/accounts
        mkdir -p /srv/packages/partial
        # shellcheck disable=SC2086 -- names of packages, split on purpose
        apt-get install -q -y --no-install-recommends --download-only -o Dir::Cache::archives=/srv/packages $tools
        rm -rf /srv/packages/partial /srv/packages/lock /root/accounts /usr/sbin/policy-rc.d
        rm -rf /var/lib/apt/lists/* /etc/ssh/ssh_host_*
        ' sh "${installable[*]}" "${bare[@]}" >>"$at/build.log" 2>&1 || die "the root could not be filled: see $at/build.log"
    (cd "$root/srv/packages" && dpkg-scanpackages . >Packages 2>>"$at/build.log")
    echo 'deb [trusted=yes] file:/srv/packages ./' >"$root/etc/apt/sources.list"
    : >"$root/etc/resolv.conf" # a host of the lab knows its neighbours only, see boot
    inside "$root" apt-get update -q >>"$at/build.log" 2>&1 || die "the packages of the lab do not serve: see $at/build.log"
    touch "$at/root.done"
}

# What stands in `--with`, as an overlay layer of its own; "compiler+systemd" is one layer, too.
build_layer() {
    local at=$1 name=$2 packages=()
    [[ $name != *compiler* ]] || packages+=(gcc make libc6-dev pkg-config)
    [[ $name != *systemd* ]] || packages+=(systemd systemd-sysv dbus)
    say "building the layer with $name (once)"
    rm -rf "${at:?}/$name" "$at/work" "$at/merged"
    mkdir -p "$at/$name" "$at/work" "$at/merged"
    unshare --mount bash -ec '
        mount -t overlay overlay -o "lowerdir=$1/root,upperdir=$1/$2,workdir=$1/work" "$1/merged"
        . "$3"
        inside "$1/merged" sh -ec "$setup" sh "${@:4}"
        ' bash "$at" "$name" "$here/recipe.sh" "${packages[@]}" >>"$at/build.log" 2>&1 || die "no layer with $name: see $at/build.log"
    rm -rf "$at/work" "$at/merged"
    touch "$at/$name.done"
}

# With systemd: no service starts while we build, each host becomes itself at its first boot, and nothing runs by the clock.
setup='
    printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    apt-get install -q -y --no-install-recommends "$@"
    rm /usr/sbin/policy-rc.d
    [ ! -e /lib/systemd/systemd ] || {
        : >/etc/machine-id
        for timer in apt-daily apt-daily-upgrade dpkg-db-backup e2scrub_all fstrim; do
            ln -sf /dev/null "/etc/systemd/system/$timer.timer"
        done
    }'

# Run a command in a root, with its own processes and a sane /dev; nothing stays mounted or running afterwards.
inside() {
    local root=$1
    shift
    unshare --mount --pid --fork --kill-child sh -ec '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount -t tmpfs -o mode=755 tmpfs "$root/dev"
        for d in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9; do
            minor=${d##*:}; rest=${d%:*}
            mknod -m 666 "$root/dev/${rest%:*}" c "${rest#*:}" "$minor"
        done
        ln -s /proc/self/fd "$root/dev/fd"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C chroot "$root" "$@"
        ' sh "$root" "$@"
}
