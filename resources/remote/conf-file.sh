# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# A configuration file that somebody made: read whole, and written anew with a copy of the old one beside it. What it is to say
# is worked out by the other computer; it arrives as an answer, since it may hold a password.
#
# conf    its path; a link is followed, and stays
# sum     what it was when the edit was worked out: another one is left alone
# wanted  what it is to be
# keep    the ending of the copy

conf=$(expand "$conf")

look() {
    if [ ! -e "$conf" ]; then fact conf missing; return 0; fi
    if [ ! -r "$conf" ]; then fact conf denied; return 0; fi
    fact conf found
    real=$(readlink -f "$conf")
    if [ -w "$real" ] && [ -w "$(dirname "$real")" ]; then fact writable yes; else fact writable no; fi
    fact sum "$(sha256 "$conf")"
    fact text "$(gzip -c -n "$conf" | base64 | tr -d '\n')"
}

check_edit() {
    [ -r "$conf" ] || blocked nodes.conf.unreadable path="$conf"
    now=$(sha256 "$conf")
    if [ "$now" = "$wanted" ]; then verdict "done" nodes.conf.written path="$conf"; fi
    [ "$now" = "$sum" ] || blocked nodes.conf.changed path="$conf"
    verdict needed nodes.conf.old path="$conf"
}

# the new text takes the place of the old one in one go, with its owner and its rights
apply_edit() {
    now=$(sha256 "$conf")
    if [ "$now" = "$wanted" ]; then return 0; fi
    [ "$now" = "$sum" ] || fail nodes.conf.changed path="$conf"
    text=$(ask text) || fail nodes.conf.no-answer path="$conf"
    real=$(readlink -f "$conf")
    [ -e "$real.$keep" ] || cp -p "$real" "$real.$keep" || fail nodes.conf.not-written path="$real.$keep"
    cp -p "$real" "$real.new" && printf '%s' "$text" | base64 -d | gzip -dc >"$real.new" || {
        rm -f "$real.new"
        fail nodes.conf.not-written path="$real"
    }
    if [ "$(sha256 "$real.new")" != "$wanted" ]; then
        rm -f "$real.new"
        fail nodes.conf.not-written path="$real"
    fi
    mv -f "$real.new" "$real" || fail nodes.conf.not-written path="$real"
}

case $verb in
look) look ;;
check) check_edit ;;
apply) apply_edit ;;
esac
