# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# What compiling Redis needs: a C compiler that works, make, tar and gzip; from 8.0 on one for C++ (deps/fast_float); with TLS OpenSSL's
# headers, too.
#
# root release   nothing is needed where this release, of which the version is the first word, is installed already
# tls            yes where it is compiled with TLS

root=$(expand "$root")

has() { command -v "$1" >/dev/null 2>&1; }

compiles() { has cc && printf '#include <stdlib.h>\nint main(void) { return 0; }\n' | cc -x c -o /dev/null - 2>/dev/null; }

compiles_cxx() {
    case $release in [0-7].*) return 0 ;; esac
    has c++ && printf '#include <string>\nint main() { return 0; }\n' | c++ -x c++ -o /dev/null - 2>/dev/null
}

knows_tls() { printf '#include <openssl/ssl.h>\nint main(void) { return 0; }\n' | cc -x c -E -o /dev/null - 2>/dev/null; }

missing() {
    m=
    has make || m="$m make"
    compiles || m="$m gcc libc6-dev"
    compiles_cxx || m="$m g++"
    if [ "$tls" = yes ] && ! knows_tls; then m="$m libssl-dev"; fi
    has tar || m="$m tar"
    has gzip || m="$m gzip"
    echo "${m# }"
}

check_tools() {
    if [ "$(sed -n 's/^release=//p' "$root/bin/.clusterdeck" 2>/dev/null)" = "$release" ]; then
        verdict "done" build.tools.not-needed
    fi
    m=$(missing)
    if [ -z "$m" ]; then verdict "done" build.tools.there; fi
    has apt-get || blocked build.tools.no-apt tools="$m"
    verdict needed build.tools.missing tools="$m"
}

apply_tools() {
    m=$(missing)
    if [ -z "$m" ]; then return 0; fi
    [ "$(id -u)" = 0 ] || fail build.tools.no-root tools="$m"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # a list of names
    install_now $m && return 0
    progress -1 "apt-get update"
    apt-get -q -o DPkg::Lock::Timeout=600 update || fail build.tools.failed tools="$m"
    # shellcheck disable=SC2086  # a list of names
    install_now $m || fail build.tools.failed tools="$m"
}

install_now() {
    progress -1 "apt-get install $*"
    # half-configured packages of an interrupted installation would refuse every other one
    dpkg --configure -a || return 1
    apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold --no-install-recommends install "$@"
}

case $verb in
check) check_tools ;;
apply) apply_tools ;;
esac
