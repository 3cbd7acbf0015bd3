# The class archive of a build or a package, to be read in with `.` by who has set `root`, `java`, `modules` and `building`, a folder
# for what is left over.

# Classes as the JVM has read and checked them, so that it need not do so at every start: half of the time to the prompt. They are
# those of a short session (with an argument, for what parses arguments), on a terminal where `script` makes one. Without the file
# everything works, only later.
archive() {
  classes=$modules/.classes.jsa
  rm -f "$classes"
  # shellcheck disable=SC2016
  session='set -f; exec "$java/bin/java" -cp "$path" --enable-native-access=ALL-UNNAMED $options \
    -XX:ArchiveClassesAtExit="$classes" -Dlanewise.stdin=terminal -Dlanewise.stdout=terminal -Duser.home="$building" \
    -Dlanewise.samples="$root/samples" dev.lanewise.repl.Main --lang en'
  (
    path=$(class_path)
    options=$(engine_options)
    typed='net N { input 1x28x28; conv(10, 5) -> maxpool(2) -> relu; conv(20, 5) -> dropout2d(0.5) -> maxpool(2) -> relu
      flatten -> dense(50) -> relu -> dropout(0.5) -> dense(10) }
      data d = mnist() { limit = 100; normalize = auto }
      train N on d { epochs = 1; optimizer = sgd(0.01, momentum = 0.5) }
      test(N, d)\nsave(N, "n")\nload(N, "n")\ndata t = csv("t", target = 2)\n:help conv\n:quit\n'
    # What it saves and reads lies there; the name of a Java may count from here.
    java=$(CDPATH='' cd -- "$java" && pwd)
    cd "$building"
    printf '1,2\n3,4\n' >t
    export java path options classes building root XDG_STATE_HOME="$building" SHELL=/bin/sh
    printf '%b' "$typed" | TERM=xterm-256color script -qec "$session" /dev/null || :
    [ -f "$classes" ] || printf '%b' "$typed" | sh -c "$session" || rm -f "$classes"
  ) >>"$building/log" 2>&1
}
