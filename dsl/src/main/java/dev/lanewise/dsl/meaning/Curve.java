package dev.lanewise.dsl.meaning;

import dev.lanewise.runtime.symbolic.Term;

/**
 * A function of one number.
 *
 * @param parameter what it calls that number
 * @param formula of the variable x
 * @param definition how it is written; of what the language brings along, such as relu, in simpler functions
 */
public record Curve(String name, String parameter, Term formula, Term definition) {}
