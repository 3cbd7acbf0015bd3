package dev.lanewise.repl.tutorial;

/**
 * A typical mistake. What it is a goal says: a formula whose value is not the right one, a condition that a training has not met, a word for what
 * a network lacks.
 */
record Mistake(String what, Said remark) {}
