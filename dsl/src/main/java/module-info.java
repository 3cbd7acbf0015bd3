/** The .net language. It does not know that a terminal exists. */
module dev.lanewise.dsl {
  requires transitive dev.lanewise.runtime;
  requires java.desktop;
  requires org.antlr.antlr4.runtime;

  exports dev.lanewise.dsl.chart;
  exports dev.lanewise.dsl.check;
  exports dev.lanewise.dsl.diagnostic;
  exports dev.lanewise.dsl.doctor;
  exports dev.lanewise.dsl.draw;
  exports dev.lanewise.dsl.exchange;
  exports dev.lanewise.dsl.exhibit;
  exports dev.lanewise.dsl.glass;
  exports dev.lanewise.dsl.language;
  exports dev.lanewise.dsl.lower;
  exports dev.lanewise.dsl.meaning;
  exports dev.lanewise.dsl.mend;
  exports dev.lanewise.dsl.parse;
  exports dev.lanewise.dsl.replica;
  exports dev.lanewise.dsl.run;
  exports dev.lanewise.dsl.scope;
  exports dev.lanewise.dsl.session;
  exports dev.lanewise.dsl.spread;
  exports dev.lanewise.dsl.syntax;
  exports dev.lanewise.dsl.typing;
  exports dev.lanewise.dsl.verb;
  exports dev.lanewise.dsl.view;
  exports dev.lanewise.dsl.view.picture;
  exports dev.lanewise.dsl.view.walk;
  exports dev.lanewise.dsl.word;

  uses dev.lanewise.dsl.exchange.Exporter;
  uses dev.lanewise.dsl.exchange.Importer;
  uses dev.lanewise.dsl.exchange.StateReader;
  uses dev.lanewise.dsl.spread.Cluster;
}
