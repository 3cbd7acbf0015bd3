/**
 * The page in the browser, {@code lanewise play}. Here: its server, one session for each open page, and what goes between them: statements and wishes up, events down. The page itself, HTML, styles
 * and scripts, lies beside the classes as resources. Not here: what is drawn ({@code dsl.glass} has the numbers, the page the pictures), the prompt ({@code prompt}), lines of text ({@code render}).
 */
package dev.lanewise.repl.play;
