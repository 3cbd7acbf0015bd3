/**
 * What gives a split: known data sets, files and folders of the user, examples that are made up.
 * Here: one file for each source.
 * More than 20 files: there are as many sources, and each is a file.
 * Not here: how its bytes are read ({@code data.format}), how they are downloaded ({@code fetch}).
 */
package dev.lanewise.runtime.data.source;
