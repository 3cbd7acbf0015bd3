/** The lanewise command: the only module that prints. */
module dev.lanewise.repl {
  requires dev.lanewise.dsl;
  requires java.desktop;
  requires jdk.httpserver;
  requires info.picocli;
  requires io.github.javadiffutils;
  requires jdk.unsupported;
  requires org.jline;
  requires tools.jackson.core;

  opens dev.lanewise.repl.command to
      info.picocli;
}
