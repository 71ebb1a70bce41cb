# shellcheck shell=bash
# Where the Debian root that every host lies over is kept: built once from recipe.sh, cached by its hash. Sourced by lab and tarball.

cache=${CLUSTERDECK_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/clusterdeck-lab}

need_tools() {
    local -A package=([debootstrap]=debootstrap [ip]=iproute2 [nft]=nftables [ssh-keygen]=openssh-client
        [dpkg-scanpackages]=dpkg-dev [flock]=util-linux [perl]=perl-base [cc]=gcc)
    local missing=() tool
    for tool in "${!package[@]}"; do
        command -v "$tool" >/dev/null || missing+=("${package[$tool]}")
    done
    [ -e /usr/include/time.h ] || missing+=(libc6-dev)
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

install_packages() {
    say "installing ${*}"
    { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" ||
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; }; } >&2 ||
        die "could not install $*"
}

# The archives of this machine's own release, as lines of a sources.list: no registry is named here.
machine_sources() {
    apt-get indextargets --format "\$(ORIGIN)|\$(CODENAME)|deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
        awk -F'|' -v code="$(own_suite)" '($1 == "Debian" || $1 == "Ubuntu") && index($2, code) == 1 { print $3 }' | sort -u
}

own_suite() (
    # shellcheck disable=SC1091
    . /etc/os-release
    echo "$VERSION_CODENAME"
)

recipe() {
    cat "$here/recipe.sh" "$here/accounts"
    own_suite
}

debian() {
    local hash
    hash=$(recipe | sha256sum)
    echo "$cache/$(own_suite)-${hash:0:12}"
}

# Make sure that the root is there (and that layer), one builder at a time.
need_root() {
    local layer=${1:-root} at
    at=$(debian)
    [ -e "$at/$layer.done" ] && return
    mkdir -p "$cache"
    (
        flock 8
        [ -e "$at/root.done" ] || build_root "$at"
        [ "$layer" = root ] || [ -e "$at/$layer.done" ] || build_layer "$at" "$layer"
    ) 8>"$cache/lock"
}
