# shellcheck shell=sh disable=SC2154  # arguments arrive as variables
# A fault in the network between Redis nodes, for a drill: packets between their ports are dropped, all of them or a share.
# Nothing else is touched, least of all SSH. A timer in a session of its own takes the fault away after some seconds,
# whatever became of who asked for it; it is armed before the first packet is lost. Where none can be armed there is no fault.
#
# id        names the fault and its timer: letters and digits, at most 16
# way       in, out or both, as this host sees it
# loss      percent of the packets that are dropped, 1 to 100
# seconds   after which the timer takes it away
# pairs     lines "OWN PORTS PEER PORTS": an address of this host, its Redis and bus ports, another node's address, its ports;
#           ports are separated by commas

table=clusterdeck_$id
chain=CD_$id
timer=clusterdeck-fault-$id

has() { command -v "$1" >/dev/null 2>&1; }

# nft where it is, else iptables: both were seen to work by listing, which needs root
tool() {
    if has nft && nft list tables >/dev/null 2>&1; then
        echo nft
    elif has iptables && iptables -S >/dev/null 2>&1; then
        echo iptables
    else
        return 1
    fi
}

# iptables of the family of an address
family() { case $1 in *:*) echo ip6tables ;; *) echo iptables ;; esac }

# lines: way family source destination field ports
rules() {
    printf '%s\n' "$pairs" | while read -r own ports peer theirs; do
        [ -n "$theirs" ] || continue
        case $way in in | both)
            echo "in $(family "$own") $peer $own dport $ports"
            echo "in $(family "$own") $peer $own sport $theirs"
            ;;
        esac
        case $way in out | both)
            echo "out $(family "$own") $own $peer dport $theirs"
            echo "out $(family "$own") $own $peer sport $ports"
            ;;
        esac
    done
}

nft_rules() {
    echo "table inet $table {"
    for hook in in out; do
        echo "chain $hook { type filter hook ${hook}put priority -10; policy accept;"
        rules | while read -r at fam from to field ports; do
            [ "$at" = "$hook" ] || continue
            ip=ip
            [ "$fam" = iptables ] || ip=ip6
            share=
            [ "$loss" -ge 100 ] || share="numgen random mod 100 < $loss"
            echo "$ip saddr $from $ip daddr $to tcp $field { $ports } $share drop"
        done
        echo "}"
    done
    echo "}"
}

# one chain for each hook and family: CD_id_i, CD_id_o
iptables_rules() {
    rules | while read -r at fam from to field ports; do
        case $at in in) hook=INPUT c=${chain}_i ;; *) hook=OUTPUT c=${chain}_o ;; esac
        "$fam" -w -n -L "$c" >/dev/null 2>&1 || { "$fam" -w -N "$c" && "$fam" -w -I "$hook" -j "$c"; } || exit 1
        set --
        [ "$loss" -ge 100 ] || set -- -m statistic --mode random --probability "$(awk -v p="$loss" 'BEGIN { print p / 100 }')"
        "$fam" -w -A "$c" -p tcp -s "$from" -d "$to" -m multiport "--${field}s" "$ports" "$@" -j DROP || exit 1
    done
}

# What takes the fault away, as text for the shell of the timer, too: it must need nothing from here.
# $1: table, $2: chain
# shellcheck disable=SC2016  # for the shell that runs it
UNDO='
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
if command -v nft >/dev/null 2>&1; then nft delete table inet "$1" 2>/dev/null; fi
for t in iptables ip6tables; do
    command -v "$t" >/dev/null 2>&1 || continue
    for h in INPUT:i OUTPUT:o; do
        c=$2_${h#*:}
        "$t" -w -n -L "$c" >/dev/null 2>&1 || continue
        while "$t" -w -D "${h%:*}" -j "$c" 2>/dev/null; do :; done
        "$t" -w -F "$c"; "$t" -w -X "$c"
    done
done
:'

there() {
    if has nft && nft list table inet "$table" >/dev/null 2>&1; then return 0; fi
    for t in iptables ip6tables; do
        if has "$t"; then
            for c in "${chain}_i" "${chain}_o"; do
                if "$t" -w -n -L "$c" >/dev/null 2>&1; then return 0; fi
            done
        fi
    done
    return 1
}

facts() {
    fact root "$(id -u)"
    fact tool "$(tool || echo none)"
    if lasts; then fact timer yes; else fact timer no; fi
}

check() {
    if there && is_called "$timer"; then verdict "done" drill.fault.there; fi
    tool >/dev/null || blocked drill.fault.no-tool
    lasts || blocked drill.fault.no-timer
    verdict needed drill.fault.not-there
}

gone() {
    if there || is_called "$timer"; then verdict needed drill.fault.still-there; fi
    verdict "done" drill.fault.gone
}

apply() {
    kind=$(tool) || fail drill.fault.no-tool
    lasts || fail drill.fault.no-timer
    # nodes announce their addresses themselves, and rules are a language
    if printf '%s\n' "$pairs" | grep -q '[^0-9a-fA-F.:, ]'; then fail drill.fault.refused tool="$kind"; fi
    undo
    arm "$timer" "$seconds" "$UNDO" undo "$table" "$chain" || fail drill.fault.no-timer
    if [ "$kind" = nft ]; then nft_rules | nft -f - || refused; else iptables_rules || refused; fi
    fact tool "$kind"
}

refused() {
    undo
    fail drill.fault.refused tool="$kind"
}

undo() {
    sh -c "$UNDO" undo "$table" "$chain"
    end_session "$timer" || fail drill.fault.not-undone
    if there; then fail drill.fault.not-undone; fi
}

case $verb in
facts) facts ;;
check) check ;;
gone) gone ;;
apply) apply ;;
undo) undo ;;
esac
