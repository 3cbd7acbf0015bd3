/**
 * What examples look like when they are read, before a network is trained on them.
 * Here: a file for each thing that is looked at; all of them take some examples from all over the data, and a second at most.
 * Not here: who tells it ({@code run}, {@code doctor}), how large numbers are ({@code run.Scales}), columns that are told while a table is read ({@code runtime.data.table}).
 */
package dev.lanewise.dsl.inspect;
