# shellcheck shell=sh
# Takes a file's bytes from the other computer to a temporary name beside its place; there only when the sum is right.
# Arguments: to, size, mode (of a new file; one that is there keeps its own). Run without the wrapper: bytes take the place of heartbeats, and their end ends it.
# shellcheck disable=SC2154 # the arguments
to=$(expand "$to")
folder=${to%/*}
[ -d "${folder:=/}" ] || fail ssh.copy-no-folder path="$folder"
[ ! -d "$to" ] || fail ssh.copy-is-folder path="$to"
sweep "$folder" 10
part=$folder/.clusterdeck-$$.$N
why=$( (umask 077 && : >"$part") 2>&1) || fail ssh.copy-cant-write path="$to" why="${why#sh: }"
undo() { rm -f -- "$part"; }
finally undo
mark ready
why=$({ head -c "$size" <&3 >"$part"; } 2>&1) || fail ssh.copy-cant-write path="$to" why="$why"
fact sum "$(sha256 "$part")"
# the other computer compares; it goes away where it finds another sum, or is cancelled
IFS= read -r answer <&3 && [ "$answer" = same ] || exit 1
[ ! -e "$to" ] || mode=$(stat -c %a -- "$to")
why=$({ chmod "$mode" "$part" && mv -f -- "$part" "$to"; } 2>&1) || fail ssh.copy-cant-write path="$to" why="$why"
mark copied
