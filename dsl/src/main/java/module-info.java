/** The .net language. It does not know that a terminal exists. */
module dev.lanewise.dsl {
  requires transitive dev.lanewise.runtime;
  requires org.antlr.antlr4.runtime;

  exports dev.lanewise.dsl.diagnostic;
  exports dev.lanewise.dsl.syntax;
  exports dev.lanewise.dsl.parse;
}
