# shellcheck shell=bash
# A bare machine to try the program itself on: the Debian root without sudo and GTK, this machine's JDK and Maven, and the
# checkout and Maven's repository as copies that may be written to. Sourced by lab.

command_pristine() {
    local user=root fresh='' net=--net code=0
    while [ $# -gt 0 ]; do
        case $1 in
        --user) user=$2 && shift 2 ;;
        --net) net='' && shift ;;
        --fresh) fresh=yes && shift ;;
        --) shift && break ;;
        *) die "pristine [--user NAME] [--net] [--fresh] -- CMD…, not '$1'" ;;
        esac
    done
    [ $# -gt 0 ] || die 'pristine wants a command'
    local jdk
    jdk=$(newest_jdk)
    (
        lock
        need_tools
        need_root
    )
    remove_pristine
    scratch=$(mktemp -d "$state.pristine-XXXXXX")
    trap 'rm -rf --one-file-system "$scratch"' EXIT
    eval "$record"
    record "$scratch/by"
    unshare --mount --pid --uts --ipc --cgroup $net --fork --kill-child --propagation private \
        env -i --default-signal PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" \
        "$here/pristine-boot" "$scratch" "$(debian)/root" "$checkout" "$jdk" "$user" "$fresh" "$net" \
        "${HOME:-/root}/.m2/repository" "$@" || code=$?
    exit $code
}

# What killed ones left behind.
remove_pristine() {
    local left
    for left in "$state".pristine-*; do
        [ ! -d "$left" ] || alive "$left/by" || rm -rf --one-file-system "$left"
    done
}

newest_jdk() {
    local jdk version
    for jdk in "${CLUSTERDECK_JDK:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/*; do
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release" 2>/dev/null) || continue
        [ "${version:-0}" -lt 25 ] || { readlink -f "$jdk" && return; }
    done
    die 'no JDK 25 or newer on this machine: set CLUSTERDECK_JDK'
}
