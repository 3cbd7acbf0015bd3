/** The engine: graphs of operations, differentiated, planned and run on lanes. It does not know that a language exists. */
module dev.lanewise.runtime {
  requires de.siegmar.fastcsv;
  requires java.desktop;
  requires java.net.http;
  requires jdk.incubator.vector;

  exports dev.lanewise.runtime.attack;
  exports dev.lanewise.runtime.data;
  exports dev.lanewise.runtime.data.corpus;
  exports dev.lanewise.runtime.data.foreign;
  exports dev.lanewise.runtime.data.sound;
  exports dev.lanewise.runtime.data.source;
  exports dev.lanewise.runtime.data.table;
  exports dev.lanewise.runtime.data.text;
  exports dev.lanewise.runtime.decode;
  exports dev.lanewise.runtime.differentiate;
  exports dev.lanewise.runtime.execute;
  exports dev.lanewise.runtime.explain;
  exports dev.lanewise.runtime.federate;
  exports dev.lanewise.runtime.fetch;
  exports dev.lanewise.runtime.file;
  exports dev.lanewise.runtime.graph;
  exports dev.lanewise.runtime.kernel.conv;
  exports dev.lanewise.runtime.kernel.element;
  exports dev.lanewise.runtime.kernel.lane;
  exports dev.lanewise.runtime.kernel.product;
  exports dev.lanewise.runtime.kernel.window;
  exports dev.lanewise.runtime.layer;
  exports dev.lanewise.runtime.operation;
  exports dev.lanewise.runtime.optimize;
  exports dev.lanewise.runtime.plan;
  exports dev.lanewise.runtime.random;
  exports dev.lanewise.runtime.rewrite;
  exports dev.lanewise.runtime.score;
  exports dev.lanewise.runtime.signature;
  exports dev.lanewise.runtime.spec;
  exports dev.lanewise.runtime.symbolic;
  exports dev.lanewise.runtime.tensor;
  exports dev.lanewise.runtime.train;
  exports dev.lanewise.runtime.vital;
  exports dev.lanewise.runtime.walk;

  uses dev.lanewise.runtime.data.foreign.TableForm;
}
