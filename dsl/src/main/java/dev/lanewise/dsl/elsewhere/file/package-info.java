/**
 * Whole files of another kind that are given as scripts: Python, prototxt, darknet's cfg, YAML, JSON. What each seems to be, and the network in it as far as it can be read.
 *
 * <p>Not here: bytes that are no text ({@code diagnostic.SourceFile}); single calls ({@code elsewhere}).
 */
package dev.lanewise.dsl.elsewhere.file;
