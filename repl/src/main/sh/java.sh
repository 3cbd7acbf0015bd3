# Which Java runs the engine, and how: for the scripts that start it, to be read in with `.`. They bring `home`, with which they
# have found themselves: the folder a file is in, links followed.

MINIMUM=25

# said ENGLISH CHINESE: whichever the locale asks for, or `spoken`, where another stands in for that.
said() {
  case ${spoken:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    zh*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# What to say where `find_java` finds none.
no_java() {
  said "needs a JDK $MINIMUM or newer and finds none: install one (such as Eclipse Temurin $MINIMUM) and set JAVA_HOME to its folder" \
    "需要 JDK $MINIMUM 或更新的版本，但没有找到：请安装（例如 Eclipse Temurin $MINIMUM），并把 JAVA_HOME 设为它的文件夹"
}

# Does the folder hold a Java that is new enough, with the Vector API? Its `release` file says so without starting it.
fits() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  version=
  if [ -r "$1/release" ]; then
    while IFS='="' read -r name _ value _; do
      case $name:$value in
        JAVA_VERSION:*) version=${value%%[!0-9]*} ;;
        MODULES:*jdk.incubator.vector*) ;;
        MODULES:*) return 1 ;;
      esac
    done <"$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  fi
  [ -n "$version" ] && [ "$version" -ge "$MINIMUM" ]
}

# The home of the `java` that the PATH finds; a shim that is no link is asked.
home_on_path() {
  found=$(command -v java) || return 1
  folder=$(home "$found")
  folder=${folder%/*}
  if [ -r "$folder/release" ]; then
    printf '%s\n' "$folder"
  else
    "$found" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

find_java() {
  if [ -n "${LANEWISE_JAVA_HOME:-}" ] && ! fits "$LANEWISE_JAVA_HOME"; then
    say "$(said "LANEWISE_JAVA_HOME is no JDK $MINIMUM or newer: looking for another" \
      "LANEWISE_JAVA_HOME 不是 JDK $MINIMUM 或更新的版本：正在另找")"
  fi
  for candidate in "${LANEWISE_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if fits "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  candidate=$(home_on_path || :)
  if fits "$candidate"; then
    printf '%s\n' "$candidate"
    return
  fi
  for candidate in /usr/lib/jvm/* /opt/* /opt/java/* "${HOME:-/nowhere}"/.sdkman/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if fits "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

# Java ends with status 1 where it does not take an option, which is that of a false `expect`. An agent is not loaded just to
# find out.
check_java_options() {
  case ${LANEWISE_JAVA_OPTIONS:-} in
    '' | *agent* | *FlightRecord* | *Xrun*) return ;;
  esac
  set -f
  # shellcheck disable=SC2086 # meant to be split
  if ! answer=$("$java/bin/java" $LANEWISE_JAVA_OPTIONS -version 2>&1); then
    printf '%s\n' "$answer" >&2
    say "$(said 'Java does not take LANEWISE_JAVA_OPTIONS: see above' 'Java 不接受 LANEWISE_JAVA_OPTIONS：原因见上')"
    exit 2
  fi
  set +f
}

# early ROOM/KERNEL SCALE: compiled after so small a share of the usual calls, while the caller waits.
early() {
  printf '%s\n' "-XX:CompileCommand=CompileThresholdScaling,dev/lanewise/runtime/kernel/$1,$2" \
    "-XX:CompileCommand=BackgroundCompilation,dev/lanewise/runtime/kernel/$1,false"
}

# The options that the engine wants of its JVM, one a word. Large arrays begin on a cache line only in large enough regions.
#
# Vector code is hundreds of times slower until the JVM's best compiler has compiled it. So a kernel is compiled after the second
# call, and whoever calls it waits for that; and the engine calls each, with nothing to do, before it is needed
# (`lanewise.early` times: see EarlyCompilation). Without a profile the compiler inlines only what it is told to. It has a thread
# of its own for each of few processors, where the JVM would give it one in all.
engine_options() {
  printf '%s\n' --add-modules=jdk.incubator.vector -XX:+UseG1GC -XX:G1HeapRegionSize=1m -Dlanewise.early=4 \
    -XX:CompileCommand=quiet '-XX:CompileCommand=inline,dev/lanewise/runtime/kernel/lane/VectorFunctions.*'
  for kernel in 'lane/Generated*.run' 'lane/ByteLanes.read' 'element/CrossEntropyKernel.*' 'element/DropoutMask.*' \
    'lane/Finite.*' 'lane/LaneSums.*' 'element/NoiseKernel.*' 'lane/ShardSums.*' 'element/SoftmaxKernel.*' 'element/LayerNormKernel.*' \
    'window/WarpKernel.bend' 'window/WarpKernel.places' 'product/ContrastKernel.*' 'product/AttendSoftmax.*' 'product/RowProduct.panel' 'conv/WeightOrder.put' 'conv/WeightOrder.add' \
    'window/WinnersGradient.list'; do
    early "$kernel" 0.0002
  done
  # Loops in loops that may run not even once, and a gather that may be out of bounds: without a profile, vectors that
  # leave by there become objects.
  for kernel in 'window/MaxPoolKernel.*' 'window/ResampleKernel.*' 'window/WarpKernel.sample'; do
    early "$kernel" 0.1
  done
  # A kernel that has been compiled by itself is called, not compiled once more into its caller, which knows less of it.
  for kernel in bend places sample; do
    printf '%s\n' "-XX:CompileCommand=dontinline,dev/lanewise/runtime/kernel/window/WarpKernel.$kernel"
  done
  # What the JDK links lambdas and generates classes with is hot for a moment at the start and never again, just when kernels wait
  # for the compiler.
  for package in java.lang.invoke jdk.internal.classfile.impl; do
    printf '%s\n' "-XX:CompileCommand=CompileThresholdScaling,$package.*::*,20.0"
  done
  if [ "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 4)" -lt 4 ]; then
    printf '%s\n' -XX:CICompilerCount=3
  fi
}

# Is the module that knows Spark among what was built? `mvn -Pspark package` puts it there.
has_spark() {
  for jar in "$modules"/lanewise-spark-*.jar; do
    [ -f "$jar" ] && return
  done
  return 1
}

# What Spark wants of a JVM: what it opens by reflection, and memory that it manages itself.
spark_options() {
  if has_spark; then
    printf '%s\n' --sun-misc-unsafe-memory-access=allow
    for package in java.lang java.lang.invoke java.io java.net java.nio java.util java.util.concurrent sun.nio.ch sun.nio.cs sun.util.calendar; do
      printf '%s\n' "--add-opens=java.base/$package=ALL-UNNAMED"
    done
  fi
}

# This jar and all it needs, in the folder `modules`; not as modules, which takes 0.1 s longer at every start.
class_path() {
  path=
  for jar in "$modules"/*.jar; do
    path=${path:+$path:}$jar
  done
  printf '%s\n' "$path"
}
