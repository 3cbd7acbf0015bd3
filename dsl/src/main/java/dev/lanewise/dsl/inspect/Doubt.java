package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.Concern;

/** Something that may be wrong with examples. */
public record Doubt(Concern concern, Code code, String message, String remedy) {}
