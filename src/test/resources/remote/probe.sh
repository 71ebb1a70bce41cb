# shellcheck shell=sh
# Exercises what the wrapper and the library promise; for tests only.
# shellcheck disable=SC2154 # the arguments
case $verb in
  echo)
    fact value "$value"
    printf 'no newline'
    fact second "$value"
    verdict needed probe.missing what="$value" size=1234
    ;;
  facts)
    printf 'some \033[31moutput\033[0m\n'
    echo 'some error' >&2
    progress 40 'compiling a thing'
    say probe.told path='/a b' n=7
    fact a 1
    fact a 2
    fact empty ''
    # shellcheck disable=SC2088 # expand's business
    fact expanded "$(expand '~/x y')"
    fact relative "$(expand 'x')"
    fact digest "$(sha256 "$file")"
    fact stdin "$(cat)"
    fact locale "$LC_ALL"
    ;;
  ask)
    first=$(ask first)
    second=$(ask second)
    missing=no
    unknown=$(ask unknown) || missing=yes
    fact first "$first"
    fact second "$second"
    fact missing "$missing$unknown"
    ;;
  whoami)
    fact uid "$(id -u)"
    # shellcheck disable=SC2088 # expand's business
    fact path "$(expand '~/x')"
    ;;
  holdsecret)
    first=$(ask first)
    echo ready
    [ -z "$first" ] || sleep 982
    ;;
  fail) fail probe.failed port=9000 why='it is so' ;;
  blocked) blocked probe.blocked port=9000 ;;
  code) exit "$code" ;;
  die) kill -9 $$ ;;
  sleep)
    (sleep "987${of:-}" & wait) &
    echo "pid $$"
    echo ready
    sleep "986${of:-}"
    ;;
  stubborn)
    trap '' TERM
    echo "pid $$"
    echo ready
    while :; do sleep 1; done
    ;;
  leave)
    sleep 985 &
    fact pid $!
    ;;
  spawn)
    spawn sleep 983
    fact pid "$SPAWNED"
    ;;
  many)
    i=0
    while [ $i -lt "$count" ]; do
      i=$((i + 1))
      echo "line $i"
    done
    ;;
  unit) fact unit "$(unit_name "$cluster" 9000)" ;;
  nonce) # where the mark of this run stands in some process's arguments
    # shellcheck disable=SC2062 # names of files, no pattern
    printf %s "$N" | grep -lF -f - /proc/[0-9]*/cmdline 2>/dev/null | while read -r seen; do fact seen "$seen"; done
    fact looked yes
    ;;
esac
