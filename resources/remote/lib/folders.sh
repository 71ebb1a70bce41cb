# shellcheck shell=sh
# Files and folders, also where others may put links, and root writes. Given: $1 (the home of the user who signed in).
LOGIN_HOME=$1

# sha256 FILE: prints the hex digest
sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -c 1-64
  else
    openssl dgst -sha256 -r <"$1" | cut -c 1-64
  fi
}

# expand PATH: absolute; ~ and relative paths are below the home of the user who signed in
expand() {
  # shellcheck disable=SC2088 # the tilde is text here
  case $1 in
    /*) printf '%s\n' "$1" ;;
    '~') printf '%s\n' "$LOGIN_HOME" ;;
    '~/'*) printf '%s\n' "$LOGIN_HOME/${1#??}" ;;
    *) printf '%s\n' "$LOGIN_HOME/$1" ;;
  esac
}

# copies: a folder of whoever signed in, for what root is to take over; who takes the last of it removes it
copies() { printf '%s\n' "$LOGIN_HOME/.clusterdeck-copies"; }

# place FROM TO: FROM takes the place of TO; a link there is not followed, and nothing goes into a folder there
place() { mv -fT "$1" "$2" 2>/dev/null || { [ ! -d "$2" ] && mv -f "$1" "$2"; }; }

# new_beside PATH: prints a new folder beside it that only we may enter, called after this process: what is begun there takes its place
# in one go, or is swept away later. No part of its own path is a link
new_beside() (cd "${1%/*}/" && mktemp -d "$(pwd -P)/.clusterdeck-$$.XXXXXX") 2>/dev/null

# sweep FOLDER [MINUTES]: what scripts began in it by such a name and nobody is at any more, at least so many minutes old. Only what is
# ours, and of folders only what we put there; whoever owns FOLDER can lead us nowhere by links
sweep() {
  THERE=$(cd "$1" 2>/dev/null && pwd -P) || return 0
  find "$THERE/." ! -name . -prune -name '.clusterdeck-[0-9]*.??????*' ${2:+-mmin "+$2"} -print 2>/dev/null |
    while IFS= read -r FOUND; do
      FOUND=$THERE/${FOUND##*/}
      BY=${FOUND##*/.clusterdeck-}
      BY=${BY%%.*}
      case $BY in *[!0-9]*) continue ;; esac
      [ -d "/proc/$BY" ] || swept "$FOUND" 2>/dev/null
    done
}

# shellcheck disable=SC3067 # dash and busybox have -O
swept() (
  if [ -f "$1" ] && [ ! -L "$1" ] && [ -O "$1" ]; then rm -f "$1"; fi
  cd "$1" && [ "$(pwd -P)" = "$1" ] && [ -O . ] || exit 0
  rm -rf new
  find . -type f \( -name new -o -name copy -o -name .clusterdeck -o -name .clusterdeck-lease \) -exec rm -f {} +
  find . -depth -type d ! -name . -exec rmdir {} +
  cd / && rmdir "$1"
)

# inside FOLDER NAME: from here on this shell works in the folder of that name in there; where FOLDER is another's, who may put links there,
# nowhere to which a link of that name leads
# shellcheck disable=SC3067 # dash and busybox have -O
inside() { cd "$1/$2" 2>/dev/null && { [ -O "$1/" ] || [ "$(pwd -P)" = "$(readlink -f "$1")/$2" ]; }; }

# workshop FOLDER NAME: makes it where it is missing, and works inside it; as root only where nobody else may put a link into it
# shellcheck disable=SC3067
workshop() { (umask 022 && mkdir -p "$1/$2") && inside "$1" "$2" && { [ "$(id -u)" != 0 ] || [ -O . ]; }; }

# aside FOLDER [NAME]: from here on this shell works in a folder in there that only we may enter: whoever owns FOLDER can put no link where
# we write, be it as root; nor may a link of that NAME lead elsewhere. It holds "new" and "copy", from where they are placed in "..", and
# goes when this shell ends
aside() {
  FOLDER=$(if [ -n "${2:-}" ]; then inside "$1" "$2" && pwd -P; else readlink -f "$1"; fi) || return 1
  sweep "$FOLDER" 10
  ASIDE=
  finally leave_aside
  ASIDE=$(new_beside "$FOLDER/.") || return 1
  # shellcheck disable=SC3067  # dash and busybox have it
  cd "$ASIDE" && [ "$(pwd -P)" = "$ASIDE" ] && [ -O . ]
}

leave_aside() {
  if [ -z "$ASIDE" ]; then return; fi
  if [ "$(pwd -P)" = "$ASIDE" ]; then rm -f new copy; fi
  cd / && rmdir "$ASIDE"
}

# ours FOLDER PART NAME…: notes that these are made by us in that part of the folder, before they are: only what is noted is removed again
ours() (
  aside "$1" "$2" || exit 1
  shift 2
  if ! cp -pP ../.clusterdeck new 2>/dev/null || [ -L new ]; then rm -f new; fi
  for NAME in "$@"; do grep -qxF -e "$NAME" new 2>/dev/null || printf '%s\n' "$NAME" >>new || exit 1; done
  place new ../.clusterdeck
)

# vacant FOLDER: it is not there, or was made for a lease, which says so, and holds nothing else
vacant() {
  [ -e "$1" ] || return 0
  LEASE=$(find "$1" -type f -name .clusterdeck-lease 2>/dev/null | head -n 1)
  [ -n "$LEASE" ] || return 1
  TOP=$(sed -n 4p "$LEASE")
  case $1/ in "${TOP:-?}"/*) ;; *) return 1 ;; esac
  [ -z "$(find "$1" ! -type d ! -name .clusterdeck-lease -print | head -n 1)" ]
}
