package dev.lanewise.repl;

import dev.lanewise.repl.command.LanewiseCommand;
import dev.lanewise.repl.text.Console;

/** Where the {@code lanewise} launcher hands over. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Console console = Console.system();
    System.exit(LanewiseCommand.run(console, arguments));
  }
}
