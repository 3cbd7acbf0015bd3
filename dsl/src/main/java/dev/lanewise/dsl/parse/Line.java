package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of one top-level statement, SEPARATOR at its end.
 *
 * @param problems why it need not be parsed at all; at most one for each line of text
 * @param open whether more text could complete it
 */
record Line(List<Token> tokens, List<Diagnostic> problems, boolean open) {}
