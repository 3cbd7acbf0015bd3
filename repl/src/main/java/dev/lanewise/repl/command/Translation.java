package dev.lanewise.repl.command;

import dev.lanewise.repl.text.Voice;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help in the language of a voice: the annotations are English, and what they say is in the phrase book. */
final class Translation {
  private final Voice voice;

  private Translation(Voice voice) {
    this.voice = voice;
  }

  /** Of a command and all below it. */
  static void of(CommandLine command, Voice voice) {
    Translation translation = new Translation(voice);
    command.setHelpFactory(translation::help);
    translation.words(command.getCommandSpec());
  }

  private void words(CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    usage.description(said(usage.description()));
    usage.footer(said(usage.footer()));
    usage.synopsisHeading(voice.say("Usage") + voice.colon());
    usage.commandListHeading(voice.say("Commands:") + "%n");
    command.subcommands().values().forEach(c -> words(c.getCommandSpec()));
  }

  /** Lines of examples have a command, and behind it what it does. */
  private String[] said(String[] lines) {
    return Arrays.stream(lines).map(this::said).toArray(String[]::new);
  }

  private String said(String line) {
    int gap = line.strip().indexOf("    ");
    if (!line.startsWith("  ") || gap < 0) {
      return voice.say(line);
    }
    String example = line.substring(0, line.indexOf(line.strip()) + gap);
    String meaning = line.substring(example.length());
    return example + meaning.substring(0, meaning.length() - meaning.stripLeading().length()) + voice.say(meaning.strip());
  }

  private Help help(CommandSpec command, Help.ColorScheme colours) {
    return new Help(command, colours) {
      @Override
      public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer renderer = super.createDefaultOptionRenderer();
        return (option, label, scheme) ->
            renderer.render(option.toBuilder().description(said(option.description())).build(), label, scheme);
      }

      @Override
      public IParameterRenderer createDefaultParameterRenderer() {
        IParameterRenderer renderer = super.createDefaultParameterRenderer();
        return (parameter, label, scheme) ->
            renderer.render(parameter.toBuilder().description(said(parameter.description())).build(), label, scheme);
      }
    };
  }
}
