/**
 * What examples look like when they are read, before a network is trained on them.
 * Here: a file for each thing that is looked at, and what cures it; all of them take some examples from all over the data, and a fraction of the time that reading takes.
 * Not here: who tells it ({@code check.data} of tables, {@code run}, {@code doctor}), how a cure is written ({@code check.data.Cures}), columns and files that are told while they are read ({@code runtime.data}).
 */
package dev.lanewise.dsl.inspect;
