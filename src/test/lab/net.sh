# shellcheck shell=bash
# The lab's bridge, its cables, and what can go wrong with them. Sourced by lab.
# The bridge has a network namespace of its own, so this machine's packet filter has no say in it.

switch() { nsenter --net="$state/switch" "$@"; }

make_switch() {
    local try net
    for ((try = 0; try < 256; try++)); do
        net=10.$((64 + (wanted / 256 + try) % 128)).$((wanted % 256))
        ip -4 -o addr | grep -qF " $net." || ip -4 route | grep -q "^$net\." || break
    done
    echo "$net" >"$state/subnet"
    : >"$state/switch"
    unshare --net="$state/switch" true
    switch ip link set lo up
    switch ip link add bridge type bridge
    switch ip link set bridge up
    switch ip link add gate type veth peer name "$gate" netns $$
    switch ip link set gate master bridge up
    ip addr add "$net.1/24" dev "$gate"
    ip link set "$gate" up
    switch nft -f - <<'EOF'
table bridge lab {
    chain cuts { }
    chain forward { type filter hook forward priority 0; jump cuts; }
}
EOF
}

plug() {
    local h=$1 pid
    pid=$(init_of "$h") || die "$h died at once: see $state/hosts/$h/console"
    switch ip link add "$h" type veth peer name eth0 netns "$pid"
    switch ip link set "$h" master bridge up
    nsenter --target "$pid" --net sh -ec '
        ip link set lo up
        ip link set eth0 address "$2"
        ip addr add "$1/24" dev eth0
        ip link set eth0 up' sh "$(addr "$h")" "$(printf '02:cd:%s:%s:00:%02x' "${gate:2:2}" "${gate:4:2}" "${h#h}")"
}

unplug() {
    [ -e "$state/switch" ] && mountpoint -q "$state/switch" || return 0
    end_slow "$1"
    ! switch ip link show "$1" >/dev/null 2>&1 || switch ip link del "$1"
}

# Rules live in one chain, each with its host as its comment; a host keeps its list through crash and boot.
rule() {
    local h=$1
    shift
    switch nft add rule bridge lab cuts "$@" drop comment "\"$h\""
}

command_cut() {
    must_be_up && known "$1"
    local h=$1 way=both port='' to='' match=()
    shift
    while [ $# -gt 0 ]; do
        case $1 in
        in | out | both) way=$1 && shift ;;
        --port) port=$2 && shift 2 ;;
        --to) to=$2 && shift 2 ;;
        *) die "cut H [in|out|both] [--port P] [--to H2], not '$1'" ;;
        esac
    done
    [ -z "$to" ] || [ "$to" = gate ] || known "$to"
    [ -z "$port" ] || match=(tcp dport "$port")
    lock
    [ "$way" = out ] || rule "$h" ip daddr "$(addr "$h")" ${to:+ip saddr "$(address_of "$to")"} "${match[@]}"
    [ "$way" = in ] || rule "$h" ip saddr "$(addr "$h")" ${to:+ip daddr "$(address_of "$to")"} "${match[@]}"
    echo "cut $way${port:+ port $port}${to:+ to $to}" >>"$state/hosts/$h/cuts"
}

address_of() { if [ "$1" = gate ]; then echo "$(cat "$state/subnet").1"; else addr "$1"; fi; }

command_hide() {
    must_be_up && known "$1"
    [ "${2:-}" = --behind ] || die "hide H --behind H2"
    known "$3"
    lock
    rule "$1" ip daddr "$(addr "$1")" ip saddr != "$(addr "$3")"
    rule "$1" ip saddr "$(addr "$1")" ip daddr != "$(addr "$3")"
    touch "$state/hosts/$1/unreachable"
    echo "hidden behind $3" >>"$state/hosts/$1/cuts"
}

command_heal() {
    must_be_up && known "$1"
    lock
    heal "$1"
}

heal() {
    local handle
    for handle in $(switch nft -a list chain bridge lab cuts | sed -n "s/.* comment \"$1\" # handle //p"); do
        switch nft delete rule bridge lab cuts handle "$handle"
    done
    end_slow "$1"
    rm -f "$state/hosts/$1/cuts" "$state/hosts/$1/unreachable"
}

# netem, where the kernel has it; else our own relay between two taps, which the host's cable is led through.
command_slow() {
    must_be_up && known "$1" && must_run "$1"
    local h=$1 delay=0 loss=0 pid
    shift
    while [ $# -gt 0 ]; do
        case $1 in
        --delay) delay=$2 && shift 2 ;;
        --loss) loss=${2%%%} && shift 2 ;;
        *) die "slow H [--delay MS] [--loss %], not '$1'" ;;
        esac
    done
    [[ $delay =~ ^[0-9]+$ && $loss =~ ^[0-9]+(\.[0-9]+)?$ ]] || die 'slow H [--delay MS] [--loss %]'
    lock
    end_slow "$h"
    pid=$(init_of "$h")
    if switch tc qdisc add dev "$h" root netem delay "${delay}ms" loss "$loss%" 2>/dev/null; then
        nsenter --target "$pid" --net tc qdisc add dev eth0 root netem delay "${delay}ms" loss "$loss%"
    else
        switch ip link add "slow-$h" type bridge
        switch ip link set "slow-$h" up
        detached "$state/hosts/$h/relay" "$state/hosts/$h/relay.log" \
            nsenter --net="$state/switch" perl "$here/relay.pl" "to-$h" "from-$h" "$delay" "$loss"
        await 5 "no relay: see $state/hosts/$h/relay.log" switch ip link set "from-$h" master "slow-$h" up 2>/dev/null
        switch ip link set "to-$h" master bridge up
        switch ip link set "$h" nomaster
        switch ip link set "$h" master "slow-$h"
    fi
    echo "slow $delay ms, loss $loss %" >>"$state/hosts/$h/cuts"
}

end_slow() {
    local h=$1 pid
    end_recorded "$state/hosts/$h/relay"
    [ ! -e "$state/hosts/$h/cuts" ] || sed -i '/^slow/d' "$state/hosts/$h/cuts"
    ! switch ip link show "slow-$h" >/dev/null 2>&1 || switch ip link del "slow-$h"
    if switch ip link show "$h" >/dev/null 2>&1; then
        switch ip link set "$h" master bridge
        switch tc qdisc del dev "$h" root 2>/dev/null || true
        ! pid=$(init_of "$h") || nsenter --target "$pid" --net tc qdisc del dev eth0 root 2>/dev/null || true
    fi
}
