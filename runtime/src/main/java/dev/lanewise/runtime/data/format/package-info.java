/**
 * Bytes to arrays: IDX, NumPy, CSV, pictures.
 * Here: readers of a format, which say the file and the offset of what is wrong.
 * Not here: data sets ({@code data.source}), formats of models ({@code file}).
 */
package dev.lanewise.runtime.data.format;
