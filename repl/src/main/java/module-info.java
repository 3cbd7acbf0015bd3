/** The lanewise command: the only module that prints. */
module dev.lanewise.repl {
  requires dev.lanewise.dsl;
}
