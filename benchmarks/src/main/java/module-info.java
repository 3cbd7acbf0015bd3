/** Benchmarks: how fast the kernels are, beside textbook loops. */
module dev.lanewise.benchmarks {
  requires dev.lanewise.runtime;
  requires jmh.core;
}
