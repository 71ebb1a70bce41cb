# shellcheck shell=sh
# Sends a file as it is at this moment: what is appended later is not sent. Run without the wrapper: the bytes are stdout.
# shellcheck disable=SC2154 # the arguments
exec 4>&2
from=$(expand "$from")
[ -f "$from" ] || fail ssh.copy-no-file path="$from"
why=$(: <"$from" 2>&1) || fail ssh.copy-cant-read path="$from" why="${why#sh: }"
size=$(wc -c <"$from")
fact size "$((size))"
printf '\n::%s data\n' "$N"
head -c "$size" <"$from"
fact sum "$(head -c "$size" <"$from" | sha256 /dev/stdin)"
mark copied
