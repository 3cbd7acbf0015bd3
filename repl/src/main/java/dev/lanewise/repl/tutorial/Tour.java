package dev.lanewise.repl.tutorial;

/**
 * A place of the page in the browser that a step leads to.
 *
 * @param place as tour.js calls it: {@code curve}; with the name of a layer {@code value z} or {@code layer z}
 * @param said what is to be seen there
 */
record Tour(String place, Said said) {}
