/** The engine: graphs of operations, differentiated, planned and run on lanes. It does not know that a language exists. */
module dev.lanewise.runtime {
  requires java.desktop;
  requires java.net.http;
  requires jdk.incubator.vector;

  exports dev.lanewise.runtime.data;
  exports dev.lanewise.runtime.differentiate;
  exports dev.lanewise.runtime.fetch;
  exports dev.lanewise.runtime.file;
  exports dev.lanewise.runtime.graph;
  exports dev.lanewise.runtime.kernel;
  exports dev.lanewise.runtime.operation;
  exports dev.lanewise.runtime.plan;
  exports dev.lanewise.runtime.random;
  exports dev.lanewise.runtime.signature;
  exports dev.lanewise.runtime.simplify;
  exports dev.lanewise.runtime.symbolic;
  exports dev.lanewise.runtime.tensor;
  exports dev.lanewise.runtime.train;
}
