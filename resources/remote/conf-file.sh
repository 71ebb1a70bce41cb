# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# A configuration file that somebody made: read whole, and written anew with a copy of the old one beside it. What it is to say
# is worked out by the other computer; it arrives as an answer, since it may hold a password.
#
# conf    its path; a link is followed, and stays
# sum     what it was when the edit was worked out: another one is left alone
# wanted  what it is to be
# keep    the ending of the copy
#
# included: the files that includes name, as the server of that release would read them
# files   absolute names, one a line
# globs   yes where the release takes * ? [ for a pattern (7.0 and later)
#
# home: the folder in which a systemd unit starts its server
# unit    its name

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

# whether a folder above it, that we may not enter, hides it
hidden() {
    up=$(dirname "$1")
    while [ ! -e "$up" ] && [ "$up" != / ]; do up=$(dirname "$up"); done
    [ ! -x "$up" ] || [ ! -r "$up" ]
}

# one file that the include of that number names: how it is, its path, and what it says. Links to one file are told as that file:
# it is written once
tell() {
    if [ ! -e "$2" ]; then
        if hidden "$2"; then fact included "$1 denied no - $2"; else fact included "$1 missing no - $2"; fi
        return 0
    fi
    if [ ! -r "$2" ]; then fact included "$1 denied no - $2"; return 0; fi
    real=$(readlink -f "$2")
    if [ -w "$real" ] && [ -w "$(dirname "$real")" ]; then ours=yes; else ours=no; fi
    fact included "$1 found $ours $(sha256 "$2") $real$NL$(gzip -c -n "$2" | base64 | tr -d '\n')"
}

look_included() {
    n=0
    IFS=''
    while IFS= read -r include; do
        n=$((n + 1))
        case $globs$include in
        yes*[*?[]*)
            if hidden "$include"; then fact included "$n denied no - $include"; fi
            for f in $include; do
                if [ -e "$f" ]; then tell "$n" "$f"; fi
            done
            ;;
        *) tell "$n" "$include" ;;
        esac
    done <<END
$files
END
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
    if [ "$(sha256 "$conf")" = "$wanted" ]; then return 0; fi
    real=$(readlink -f "$conf")
    name=${real##*/}
    aside "${real%/*}" && cp -pP "$real" new && [ ! -L new ] || fail nodes.conf.not-written path="$real"
    [ "$(sha256 new)" = "$sum" ] || fail nodes.conf.changed path="$conf"
    text=$(ask text) || fail nodes.conf.no-answer path="$conf"
    if [ -L "../$name.$keep" ] || [ ! -f "../$name.$keep" ]; then
        cp -p new copy && place copy "../$name.$keep" || fail nodes.conf.not-written path="$real.$keep"
    fi
    printf '%s' "$text" | base64 -d | gzip -dc >new && [ "$(sha256 new)" = "$wanted" ] && place new "../$name" ||
        fail nodes.conf.not-written path="$real"
}

case $verb in
look) look ;;
included) look_included ;;
home) fact home "$(systemctl show -p WorkingDirectory "$unit" 2>/dev/null | cut -d= -f2-)" ;;
check) check_edit ;;
apply) apply_edit ;;
esac
