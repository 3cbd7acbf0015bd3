#!/bin/sh
# benchmarks.sh ROOT [peers]: builds the benchmarks of the checkout ROOT, where a source is newer than they are; with peers, those that
# ask other libraries, too, some 400 MB the first time. `lanewise bench` runs this with the JDK of LANEWISE_JAVA_HOME.
set -eu

root=$1
java=$LANEWISE_JAVA_HOME
modules=$root/repl/target/modules
parts=$root/repl/src/main/sh
# shellcheck source=repl/src/main/sh/console.sh
. "$parts/console.sh"
# shellcheck source=repl/src/main/sh/java.sh
. "$parts/java.sh"
# shellcheck source=repl/src/main/sh/build.sh
. "$parts/build.sh"

case ${2:-} in
  peers)
    measured=$root/benchmarks/target/.built-with-peers
    set -- -Ppeers
    what=$(said 'building the benchmarks and their peers (some 400 MB the first time) …' '正在构建基准测试及对照库（首次约 400 MB）……')
    ;;
  *)
    measured=$root/benchmarks/target/.built
    set --
    what=$(said 'building the benchmarks …' '正在构建基准测试……')
    ;;
esac

has_benchmarks() {
  [ -f "$measured" ] && ! newer_than "$measured" pom.xml runtime/pom.xml runtime/src/main dsl/pom.xml dsl/src/main \
    benchmarks/pom.xml benchmarks/src
}

if has_benchmarks; then
  exit 0
elif ! may_build runtime dsl benchmarks repl; then
  [ ! -f "$measured" ] || exit 0
  say "$(said "the benchmarks are not built yet, and $root cannot be written" "基准测试尚未构建，而 $root 不可写")"
  exit 2
fi
need_maven
lock
if ! has_benchmarks; then
  say "$what"
  run_maven "$@" -pl benchmarks -am package
  mv "$building/start" "$measured"
fi
unlock
