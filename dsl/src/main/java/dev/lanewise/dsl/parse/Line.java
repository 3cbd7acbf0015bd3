package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of one top-level statement, SEPARATOR at its end.
 *
 * @param problem why it need not be parsed at all
 * @param open whether more text could complete it
 */
record Line(List<Token> tokens, Optional<Diagnostic> problem, boolean open) {}
