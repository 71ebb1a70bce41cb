# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# Passes bytes on between the other computer and a port that this host reaches, where its sshd forbids forwarding. Ends when either side
# closes. Run without the wrapper: bytes take the place of heartbeats, and their end ends it.
# Arguments: address, port
command -v bash >/dev/null 2>&1 || fail ssh.missing what=bash
unset BASH_ENV
export N
# shellcheck disable=SC2016  # bash's variables
exec bash -c '
    # wait -n came with 4.3
    ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 403)) || { printf "\n::%s missing\n" "$N"; exit 1; }
    { exec 5<>"/dev/tcp/$0/$1"; } 2>/dev/null || { printf "\n::%s closed\n" "$N"; exit 1; }
    printf "\n::%s open\n" "$N"
    cat <&3 >&5 &
    cat <&5 &
    wait -n
    kill $(jobs -p)' "$address" "$port"
