/**
 * Bytes to arrays and records: IDX, NumPy, CSV.
 * Here: readers of a format, which say the file and the offset of what is wrong.
 * Not here: pictures ({@code data.format.image}), data sets ({@code data.source}), formats of models ({@code file}).
 */
package dev.lanewise.runtime.data.format;
