# What a program is started with: descriptors, letters, and a filter for what Java says unasked. To be read in with `.`.

say() {
  printf '%s\n' "lanewise: $*" >&2
}

# A closed descriptor is nobody who listens. Were it left closed, the next file to be opened would take its number, and get what
# is meant for it. A failed redirection of `exec` would end the shell, so another command tries it first.
open_descriptors() {
  if ! true 9>&2; then exec 2>/dev/null; fi
  if ! true 9>&1; then exec >/dev/null; fi 2>/dev/null
  if ! true 9<&0; then exec </dev/null; fi 2>/dev/null
}

# Java can start in no folder that is gone.
in_a_folder() {
  if [ -z "$(pwd -P 2>/dev/null)" ]; then
    say "$(said 'the current folder is gone: change to another' '当前文件夹已不存在：请换到另一个文件夹')"
    exit 2
  fi
}

# Java reads file names, arguments and its own class path by the locale. Where that has no UTF-8, or is not installed (cron,
# containers, ssh from elsewhere), one that has it takes its place; in `spoken` stays the language that was asked for.
speak_utf8() {
  spoken=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
  for locale in C.UTF-8 en_US.UTF-8; do
    case $(locale charmap 2>&1 || :) in
      UTF-8 | utf-8 | utf8) return ;;
    esac
    LC_ALL=$locale
    export LC_ALL
  done
}

# A pipe of this process: to be read from descriptor 5, to be written to descriptor 6. Where the system lets a pipe be opened by its
# descriptor (Linux), it is that of a here-document, whose text is the line that the filter drops. Elsewhere it is one with a
# name, for a moment: opened for both directions first, so that nothing can wait for the other end.
make_pipe() {
  exec 5<<'EOF'
WARNING: Using incubator modules: jdk.incubator.vector
EOF
  if [ -p /dev/fd/5 ] && true 6>/dev/fd/5; then
    exec 6>/dev/fd/5
    return
  fi 2>/dev/null
  exec 5<&-
  folder=$(mktemp -d 2>/dev/null) || return 1
  if mkfifo "$folder/pipe" && true 5<>"$folder/pipe"; then
    exec 7<>"$folder/pipe" 6>"$folder/pipe" 5<"$folder/pipe" 7>&-
  fi 2>/dev/null
  rm -rf "$folder"
  true 9<&5
} 2>/dev/null

# Hands over to a program, which takes the place of this shell.
#
# Java announces an incubator module on file descriptor 2 before any program runs, and has no switch for that. Everything
# Java writes there goes through a filter that drops this one line; what Lanewise writes takes file descriptor 3, unfiltered.
# Not where standard error is a file: opened a second time it would have a position of its own, and what is written by way of
# one would overwrite the other (as in `lanewise run x.net >log 2>&1`). There the announcement stays.
hand_over() {
  unset LANEWISE_STDERR
  if [ ! -f /dev/fd/2 ] && make_pipe; then
    (
      exec <&5 >&2 5<&- 6>&-
      while IFS= read -r line || [ -n "$line" ]; do
        case $line in
          'WARNING: Using incubator modules: jdk.incubator.vector') ;;
          *) printf '%s\n' "$line" ;;
        esac
      done
    ) &
    LANEWISE_STDERR=/dev/fd/3
    export LANEWISE_STDERR
    exec "$@" 3>&2 2>&6 5<&- 6>&-
  fi
  exec "$@"
}
