# shellcheck shell=sh
# Becomes root, then says "up" and reads what comes next as root. A password is asked for only where sudo wants one:
# where it does not, sudo would leave the password's line to be read, and run, as the next command.
# The line that loaded this gave N (the nonce of this run).
# shellcheck disable=SC2016 # for the inner shell
boot='printf "\n%s\n" "$2"; IFS= read -r b; eval "$b"'
prompt="
::$N sudo
"
if [ "$(id -u)" = 0 ]; then
  exec /bin/sh -c "$boot" clusterdeck "$HOME" "::$N up"
elif ! command -v sudo >/dev/null 2>&1; then
  printf '\n::%s missing sudo\n' "$N"
  exit 127
elif sudo -n -- /bin/sh -c : >/dev/null 2>&1 </dev/null; then
  exec sudo -n -- /bin/sh -c "$boot" clusterdeck "$HOME" "::$N up"
else
  exec sudo -k -S -p "$prompt" -- /bin/sh -c "$boot" clusterdeck "$HOME" "::$N up"
fi
