# shellcheck shell=sh
# The last lines of a log, and how long it was then (fact end): what follows from there on is new.
# shellcheck disable=SC2154 # $verb, $file and $lines come from the invocation
case $verb in
last)
  [ -f "$file" ] || fail deck.log-missing file="$file"
  [ -r "$file" ] || fail deck.log-denied file="$file"
  end=$(wc -c <"$file")
  end=$((end))
  window=262144 # enough for some thousand lines, and little for a log of gigabytes
  from=$((end > window ? end - window : 0))
  fact end "$end"
  tail -c "+$((from + 1))" "$file" | head -c "$((end - from))" |
    if [ "$from" -gt 0 ]; then sed 1d; else cat; fi | tail -n "$lines"
  ;;
esac
