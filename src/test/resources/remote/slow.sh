# shellcheck shell=sh
# A check that takes long; for tests only.
echo ready
sleep "984${of:-}"
