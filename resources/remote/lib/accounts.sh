# shellcheck shell=sh
# As whom root runs what is a node's.

# changes_account: whether root can run a program as another account by setpriv; busybox has one of that name that knows no accounts
changes_account() { setpriv --reuid "$(id -u)" true >/dev/null 2>&1; }

# node_account USER DIR: as whom root runs the programs of a node: its account, or whoever owns its folder where that is not known
node_account() {
  ACCOUNT=${1:-$(stat -c %U "$2" 2>/dev/null)}
  if [ "$(id -u)" != 0 ] || [ "$ACCOUNT" = root ] || ! id "$ACCOUNT" >/dev/null 2>&1; then ACCOUNT=; fi
}

# as_node CMD…: as that account: it can put there what it likes, and gets none of root's rights by it
as_node() {
  if [ -z "${ACCOUNT:-}" ]; then
    "$@"
  elif changes_account; then
    setpriv --reuid "$ACCOUNT" --regid "$(id -g "$ACCOUNT")" --init-groups "$@"
  else
    # shellcheck disable=SC2016  # expanded by the shell of that account
    su -s /bin/sh -c 'exec "$@"' -- "$ACCOUNT" sh "$@"
  fi
}
