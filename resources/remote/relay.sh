# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# Passes bytes on between the other computer and a port that this host reaches, where its sshd forbids forwarding. Ends when either side
# closes. Run without the wrapper: bytes take the place of heartbeats, and their end ends it.
# Arguments: address, port
command -v bash >/dev/null 2>&1 || fail ssh.missing what=bash
unset BASH_ENV
export N
# shellcheck disable=SC2016  # bash's variables
exec bash -c '
    { exec 5<>"/dev/tcp/$0/$1"; } 2>/dev/null || { printf "\n::%s closed\n" "$N"; exit 1; }
    printf "\n::%s open\n" "$N"
    exec 2>/dev/null
    # each side is a group of its own, which ends the other; wait -n would miss one that ended before it began to wait
    set -m
    cat <&3 >&5 &
    in=$!
    { cat <&5; kill "$in"; } &
    out=$!
    wait "$in"
    kill -- "-$out"' "$address" "$port"
