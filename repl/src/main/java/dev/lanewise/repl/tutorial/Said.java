package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.language.Language;

/** A sentence or more, in both languages. */
record Said(String english, String chinese) {
  String in(Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }
}
