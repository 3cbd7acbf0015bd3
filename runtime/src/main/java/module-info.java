/** The engine: graphs of operations, differentiated, planned and run on lanes. It does not know that a language exists. */
module dev.lanewise.runtime {
  requires jdk.incubator.vector;
}
