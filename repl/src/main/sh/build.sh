# Builds what a launch needs, where it is not built yet: to be read in with `.` by the launcher, which has set `root`, `java` and `modules`.

stamp=$modules/.built
building=$root/repl/target/building
# shellcheck source=repl/src/main/sh/archive.sh
. "$root/repl/src/main/sh/archive.sh"

has_jars() {
  case $(class_path) in
    */lanewise-repl-*) [ -f "$stamp" ] ;;
    *) return 1 ;;
  esac
}

# newer_than STAMP FILE…: is one of the files or folders of the checkout? What is not there is not.
newer_than() {
  than=$1
  shift
  [ -n "$(cd "$root" && find "$@" -newer "$than" 2>/dev/null)" ]
}

# The stamp is as old as the start of the last build that succeeded, so an aborted build leaves none that counts.
is_built() {
  # shellcheck disable=SC2046 # none or two
  has_jars && ! newer_than "$stamp" pom.xml runtime/pom.xml runtime/src/main dsl/pom.xml dsl/src/main repl/pom.xml repl/src/main $(profiles | sed -n 's|^-P\(.*\)|\1/pom.xml \1/src/main|p')
}

# What was built on purpose once is built again with the rest.
profiles() {
  if has_spark; then
    echo -Pspark
  fi
}

# may_build MODULE…: somebody else's checkout, or one on a read-only disk, is used as it is.
may_build() {
  for module in "$@"; do
    if [ -e "$root/$module/target" ]; then
      [ -w "$root/$module/target" ] || return 1
    else
      [ -w "$root/$module" ] || return 1
    fi
  done
}

# A process of another user cannot be signalled, but it is there.
is_alive() {
  kill -0 "$1" 2>/dev/null || [ -e "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1
}

# One build at a time: whoever makes the folder builds, the others wait. A folder whose owner is gone is cleared away.
lock() {
  mkdir -p "$root/repl/target"
  told=
  until mkdir "$building" 2>/dev/null; do
    owner=$(cat "$building/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! is_alive "$owner"; then
      rm -rf "$building"
    elif [ -z "$owner" ] && [ -n "$(find "$building" -prune -mmin +1 2>/dev/null)" ]; then
      rm -rf "$building"
    else
      [ -n "$told" ] || [ -z "$owner" ] || say "$(said "waiting for process $owner, which builds …" "正在等待进程 $owner 构建完毕……")"
      told=${owner:+yes}
      sleep 1
    fi
  done
  maven=
  trap 'end_build' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  echo "$$" >"$building/pid"
}

# Maven's own processes end before somebody else may build.
end_build() {
  if [ -n "$maven" ]; then
    kill "$maven" 2>/dev/null || :
    wait "$maven" 2>/dev/null || :
  fi
  rm -rf "$building"
}

unlock() {
  rm -rf "$building"
  trap - EXIT HUP INT TERM
}

need_maven() {
  if ! command -v mvn >/dev/null; then
    say "$(said "building needs Apache Maven 3.8 or newer: install it (package \`maven\`) so that \`mvn\` is on the PATH" \
      "构建需要 Apache Maven 3.8 或更新的版本：请安装（软件包 \`maven\`），并让 \`mvn\` 在 PATH 中")"
    exit 2
  fi
}

# run_maven ARGUMENT…: beside this shell, which thus hears a signal at once and passes it on.
run_maven() {
  : >"$building/start"
  # Maven itself may run on an older Java; it finds the JDK to compile with by this variable.
  JAVA25_HOME=$java
  export JAVA25_HOME
  if ! command -v java >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
    JAVA_HOME=$java
    export JAVA_HOME
  fi
  (cd "$root" && exec mvn -B -q -Dmaven.test.skip=true "$@") </dev/null >"$building/log" 2>&1 &
  maven=$!
  if wait "$maven"; then
    maven=
  else
    maven=
    cat "$building/log" >&2
    say "$(said 'the build failed: see above' '构建失败：原因见上')"
    exit 2
  fi
}

build() {
  need_maven
  lock
  if ! is_built; then
    say "$(said 'building Lanewise (once) …' '正在构建 Lanewise（只需一次）……')"
    # shellcheck disable=SC2046 # none or one
    run_maven $(profiles) -pl repl -am package
    archive
    mv "$building/start" "$stamp"
  fi
  unlock
}

# Builds, or else says why there is nothing to run.
have_built() {
  if is_built; then
    return
  elif may_build runtime dsl repl; then
    build
  elif has_jars; then
    say "$(said "the sources have changed, and $root cannot be written: this is what was built before" \
      "源代码有改动，但 $root 不可写：运行的是先前构建的版本")"
  else
    say "$(said "not built yet, and $root cannot be written: let its owner run \`lanewise --version\` there once" \
      "尚未构建，而 $root 不可写：请让其所有者在那里运行一次 \`lanewise --version\`")"
    exit 2
  fi
}
