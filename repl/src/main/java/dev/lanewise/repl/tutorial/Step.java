package dev.lanewise.repl.tutorial;

/**
 * A step of the tutorial, without its words.
 *
 * @param given what is bound when it begins, so that every step can be the first
 * @param solution one that the check accepts
 */
record Step(String given, Check check, String solution) {}
