# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Sets a setting of the kernel, now and after the next start. To a list of ports ours are added: what others reserved stays.
#
# what   a file name for it
# key    of sysctl, or a file below /sys
# value

folder=/etc/sysctl.d
path=/proc/sys/$(echo "$key" | tr . /)
before="$key = "
case $key in
    /sys/*)
        folder=/etc/tmpfiles.d
        path=$key
        before="w $key - - - - "
        ;;
esac
file=$folder/60-clusterdeck-$what.conf

# of a choice such as "always [madvise] never" the one that is chosen
now() { tr '\t' ' ' <"$path" | sed 's/.*\[\(.*\)\].*/\1/'; }

kept() { while IFS= read -r line; do printf '%s\n' "${line#"$before"}"; done 2>/dev/null <"$file"; }

# wanted LIST…: what the setting is to be where it is this now; ports as the kernel prints them, such as 8080,9148-9150
wanted() {
    case $key in
    *_reserved_ports)
        printf '%s\n' "$value" "$@" | tr ',' '\n' | awk -F - '
            /[0-9]/ { for (p = $1 + 0; p <= $NF + 0; p++) has[p] = 1 }
            END {
                for (p = 0; p <= 65535; p++) {
                    if (!(p in has)) continue
                    for (q = p; (q + 1) in has; q++);
                    printf "%s%s", comma, (q > p ? p "-" q : p)
                    comma = ","
                    p = q
                }
            }'
        ;;
    *) printf '%s\n' "$value" ;;
    esac
}

check_cure() {
    [ -e "$path" ] || blocked build.cure.no-setting key="$key"
    if [ "$(now)" = "$(wanted "$(now)")" ] && [ "$(kept)" = "$(wanted "$(kept)")" ]; then verdict "done" build.cure.set key="$key" value="$value"; fi
    verdict needed build.cure.unset key="$key" value="$value"
}

apply_cure() {
    value=$(wanted "$(now)" "$(kept)")
    mkdir -p "$folder" && echo "$before$value" >"$file" || fail build.disk.not-written path="$file"
    [ "$(now)" = "$value" ] || echo "$value" >"$path" || fail build.cure.refused key="$key" value="$value"
}

case $verb in
check) check_cure ;;
apply) apply_cure ;;
esac
