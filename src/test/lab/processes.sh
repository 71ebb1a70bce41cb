# shellcheck shell=bash
# Processes that outlive a command, known by pid and start time: we end exactly what we started. Sourced by lab.

start_of() { # start time of a live process
    local line rest
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    read -ra rest <<<"${line##*) }"
    [ "${rest[0]}" != Z ] && echo "${rest[19]}"
}

alive() { # a file that holds "pid start"
    local pid start
    { read -r pid start <"$1"; } 2>/dev/null && [ "$(start_of "$pid")" = "$start" ]
}

end_recorded() {
    local file pid start
    for file in "$@"; do
        while alive "$file"; do
            read -r pid start <"$file"
            kill -KILL "$pid" 2>/dev/null || true
            sleep 0.02
        done
        rm -f "$file"
    done
}

# Start a process that outlives us; it records itself before it does anything and lets go of the lock.
detached() { # file for "pid start", log, command…
    setsid env --default-signal bash -c "$record"'
        record "$1"; shift
        exec 9<&- "$@"' bash "$1" "${@:3}" </dev/null >>"$2" 2>&1 &
    disown
    await 10 "$3 did not start" test -s "$1"
}

record='record() {
    local line rest
    read -r line </proc/self/stat
    read -ra rest <<<"${line##*) }"
    echo "${line%% *} ${rest[19]}" >"$1.new"
    mv "$1.new" "$1"
}
'

await() { # seconds, complaint, condition…
    local limit=$((SECONDS + $1)) complaint=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$limit" ] || die "$complaint"
        sleep 0.02
    done
}
