#!/bin/sh
# package.sh ROOT FOLDER: an archive of what is built in the checkout ROOT, with a Java of its own, written to FOLDER. It starts where there
# is no JDK and no Maven. `lanewise package` has built, and runs this with the JDK of LANEWISE_JAVA_HOME.
set -eu

root=$1
to=$2
parts=$root/repl/src/main/sh
# shellcheck source=repl/src/main/sh/console.sh
. "$parts/console.sh"
# shellcheck source=repl/src/main/sh/java.sh
. "$parts/java.sh"
# shellcheck source=repl/src/main/sh/archive.sh
. "$parts/archive.sh"

# What the jars ask of Java, and the logging that JLine has.
JAVA_MODULES=java.desktop,java.logging,java.net.http,jdk.httpserver,jdk.incubator.vector,jdk.jfr,jdk.unsupported

fail() {
  say "$@"
  exit 2
}

# Whatever fails below has said why in the log.
failed() {
  [ ! -s "$work/log" ] || cat "$work/log" >&2
  fail "$(said "the archive could not be made in $to" "无法在 $to 中生成压缩包")"
}

version=
for jar in "$root"/repl/target/modules/lanewise-repl-*.jar; do
  version=${jar##*/lanewise-repl-}
  version=${version%.jar}
done
name=lanewise-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)

if ! mkdir -p "$to" 2>/dev/null || ! work=$(mktemp -d "$to/.lanewise-package.XXXXXX" 2>/dev/null); then
  fail "$(said "$to cannot be written: name another folder, as in \`lanewise package FOLDER\`" \
    "$to 不可写：请指定另一个文件夹，例如 \`lanewise package FOLDER\`")"
fi
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
all=$work/$name

# A Java with nothing in it that is not needed, and its own classes archived once: 13 MB for 0.3 s of every start.
link_java() {
  "$LANEWISE_JAVA_HOME/bin/jlink" --add-modules "$JAVA_MODULES" --strip-debug --no-man-pages --no-header-files --output "$all/java" &&
    "$all/java/bin/java" -Xshare:dump -Xlog:disable -Xlog:all=error:stderr
}

# Times are kept: the class archive counts only for jars as old as those it was made from.
put_in() {
  mkdir -p "$all/lib" "$all/benchmarks"
  cp -p "$root"/repl/target/modules/*.jar "$parts/console.sh" "$parts/java.sh" "$all/lib/"
  cp -p "$root/lanewise" "$root"/README*.md "$root/ARCHITECTURE.md" "$root/LICENSE" "$all/"
  cp -Rp "$root/docs" "$root/samples" "$all/"
  cp -p "$root"/benchmarks/*.md "$all/benchmarks/"
  rm -rf "$all/samples/pom.xml" "$all/samples/src" "$all/samples/target"
}

say "$(said "making $name …" "正在生成 $name……")"
{ put_in && link_java; } >"$work/log" 2>&1 || failed
(
  root=$all
  java=$all/java
  modules=$all/lib
  building=$work/session
  mkdir "$building"
  archive
)
(cd "$work" && tar -cf - "$name" | gzip >"$work/archive") 2>>"$work/log" || failed
mv "$work/archive" "$to/$name.tar.gz" 2>>"$work/log" || failed
printf '%s\n' "$to/$name.tar.gz"
