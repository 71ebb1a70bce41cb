# shellcheck shell=sh disable=SC2154,SC2015  # arguments arrive as variables; A && B || fail is meant so
# Sets a setting of the kernel, now and after the next start. To a list of ports ours are added: what others reserved stays. In its file
# stands who wanted it and what it was before the first of them; with the last of them it can be taken back.
#
# what   a file name for it
# key    of sysctl, or a file below /sys
# value
# build  which building of a cluster wants it, or whoever else
# undo   yes: that one wants it no longer

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

kept() { while IFS= read -r line; do case $line in '#'*) ;; *) printf '%s\n' "${line#"$before"}" ;; esac; done 2>/dev/null <"$file"; }

# noted WORD: the notes in the file that begin so
noted() { grep "^# clusterdeck $1 " "$file" 2>/dev/null; }
for_us() { noted for | grep "^# clusterdeck for $build "; }
for_others() { noted for | grep -v "^# clusterdeck for $build "; }

# of lists of ports, each behind + or -, what is left of them in the end, as the kernel prints it: 8080,9148-9150
ports() {
    awk '
        {
            n = split(substr($0, 2), parts, ",")
            for (i = 1; i <= n; i++) if (parts[i] ~ /[0-9]/) {
                m = split(parts[i], ends, "-")
                for (p = ends[1] + 0; p <= ends[m] + 0; p++) if ($0 ~ /^\+/) has[p] = 1; else delete has[p]
            }
        }
        END {
            for (p = 0; p <= 65535; p++) {
                if (!(p in has)) continue
                for (q = p; (q + 1) in has; q++);
                printf "%s%s", comma, (q > p ? p "-" q : p)
                comma = ","
                p = q
            }
        }'
}

is_list() { case $key in *_reserved_ports) return 0 ;; *) return 1 ;; esac; }

# wanted LIST…: what the setting is to be where it is this now
wanted() { if is_list; then printf '+%s\n' "$value" "$@" | ports; else printf '%s\n' "$value"; fi; }

check_cure() {
    [ -e "$path" ] || blocked build.cure.no-setting key="$key"
    if [ "$(now)" = "$(wanted "$(now)")" ] && [ "$(kept)" = "$(wanted "$(kept)")" ] && [ -n "$(for_us)" ]; then
        verdict "done" build.cure.set key="$key" value="$value"
    fi
    verdict needed build.cure.unset key="$key" value="$value"
}

# write NOTES VALUE
write() { mkdir -p "$folder" && printf '%s%s\n' "$1" "$before$2" >"$file" || fail build.disk.not-written path="$file"; }
lines() { while IFS= read -r line; do [ -z "$line" ] || printf '%s\n' "$line"; done; echo .; }
set_to() { [ "$(now)" = "$1" ] || echo "$1" >"$path" || fail build.cure.refused key="$key" value="$1"; }

apply_cure() {
    all=$(wanted "$(now)" "$(kept)")
    if [ -e "$file" ]; then first=$(noted before); else first="# clusterdeck before $(now)"; fi
    notes=$(printf '%s\n' "$first" "$(for_others)" "# clusterdeck for $build $value" | lines)
    write "${notes%.}" "$all"
    set_to "$all"
}

check_undo() {
    [ -n "$(for_us)" ] || verdict "done" build.cure.not-ours key="$key"
    verdict needed build.cure.ours key="$key"
}

# without_us LIST: but for what others want, or had before us
without_us() { { printf '+%s\n' "$1"; for_us | sed 's/.* /-/'; printf '%s\n' "$first" "$others" | sed 's/.* /+/'; } | ports; }

apply_undo() {
    first=$(noted before)
    others=$(for_others)
    next=$(kept)
    back=$(now)
    if is_list; then
        next=$(without_us "$next")
        back=$(without_us "$back")
    elif [ -z "$others" ] && [ -n "$first" ] && [ "$back" = "$next" ]; then
        back=${first#\# clusterdeck before }
    fi
    if [ -n "$others" ] || [ -z "$first" ]; then
        notes=$(printf '%s\n' "$first" "$others" | lines)
        write "${notes%.}" "$next"
    else
        rm -f "$file"
    fi
    set_to "$back"
}

case $verb$undo in
check) check_cure ;;
apply) apply_cure ;;
checkyes) check_undo ;;
applyyes) apply_undo ;;
esac
