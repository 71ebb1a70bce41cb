# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Sets a setting of the kernel, now and after the next start.
#
# what   a file name for it
# key    of sysctl, or a file below /sys
# value

folder=/etc/sysctl.d
path=/proc/sys/$(echo "$key" | tr . /)
line="$key = $value"
case $key in
    /sys/*)
        folder=/etc/tmpfiles.d
        path=$key
        line="w $key - - - - $value"
        ;;
esac
file=$folder/60-clusterdeck-$what.conf

now() {
    [ -r "$path" ] || return 1
    case $(tr '\t' ' ' <"$path") in "$value" | *"[$value]"*) return 0 ;; *) return 1 ;; esac
}

check_cure() {
    [ -e "$path" ] || blocked build.cure.no-setting key="$key"
    if now && [ "$(cat "$file" 2>/dev/null)" = "$line" ]; then verdict "done" build.cure.set key="$key" value="$value"; fi
    verdict needed build.cure.unset key="$key" value="$value"
}

apply_cure() {
    mkdir -p "$folder" && echo "$line" >"$file" || fail build.disk.not-written path="$file"
    now || echo "$value" >"$path" || fail build.cure.refused key="$key" value="$value"
}

case $verb in
check) check_cure ;;
apply) apply_cure ;;
esac
