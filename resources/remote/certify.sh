# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# The certificates of a host's nodes, in tls/ below the root: ca.crt of who signed them, and node.pem, which holds key and
# certificate, so that both change in one step. They arrive as answers, since one holds the key.
#
# root
# owner   the account that runs the servers; empty when it is the one that signs in
# ports   where its nodes listen, if they run; for looking
# node_ca node_certificate node_key   for reads: files that lie ready elsewhere

root=$(expand "$root")
dir=$root/tls

# the certificates in a file, without the key that may stand beside them
certificates() { sed -n '/^-----BEGIN CERTIFICATE/,/^-----END CERTIFICATE/p' "$1" 2>/dev/null; }

listening() {
    for port in $ports; do
        if [ -n "$(listeners self "$port")" ]; then fact listens "$port"; fi
    done
}

look() {
    listening
    if [ -r "$dir/node.pem" ]; then
        fact certificate "$(certificates "$dir/node.pem")"
        fact sum "$(sha256 "$dir/node.pem")"
    fi
    if [ -r "$dir/ca.crt" ]; then fact ca "$(cat "$dir/ca.crt")"; fi
}

# whether the account that runs the servers may read a file
readable() {
    if [ -z "$owner" ] || [ "$owner" = "$(id -un)" ]; then
        [ -r "$1" ]
    else
        # shellcheck disable=SC2016  # expanded by the shell of that user
        su -s /bin/sh "$owner" -c '[ -r "$0" ]' "$1"
    fi
}

# whether the key is that of the certificate, where that can be told
paired() {
    command -v openssl >/dev/null 2>&1 && [ -r "$node_key" ] || return 0
    if grep -q ENCRYPTED "$node_key"; then
        fact key sealed
    elif [ "$(openssl pkey -in "$node_key" -passin pass: -pubout 2>/dev/null)" != "$(openssl x509 -in "$node_certificate" -noout -pubkey 2>/dev/null)" ]; then
        fact key other
    fi
}

reads() {
    listening
    fact account "${owner:-$(id -un)}"
    for f in "$node_ca" "$node_certificate" "$node_key"; do
        readable "$f" || if [ -e "$f" ]; then fact unreadable "$f"; else fact missing "$f"; fi
    done
    fact certificate "$(certificates "$node_certificate")"
    fact ca "$(certificates "$node_ca")"
    paired
}

# ANSWER FILE MODE
put() {
    text=$(ask "$1") || fail build.certify.no-answer path="$dir/$2"
    (
        aside "$root" tls && printf '%s' "$text" | base64 -d | gzip -dc >new && chmod "$3" new || fail build.disk.not-written path="$dir/$2"
        [ -z "$owner" ] || chown "$owner" new || fail build.configure.no-owner owner="$owner"
        place new "../$2" || fail build.disk.not-written path="$dir/$2"
    ) || exit 1
}

write() {
    (umask 022 && mkdir -p "$dir") || fail build.disk.not-written path="$dir"
    ours "$root" tls ca.crt node.pem || fail build.disk.not-written path="$dir"
    umask 077
    put ca ca.crt 644
    put node node.pem 600
}

case $verb in
look) look ;;
reads) reads ;;
write) write ;;
esac
