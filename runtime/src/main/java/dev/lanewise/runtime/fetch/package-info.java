/**
 * Fetches files from the web, for whoever asks for it: nothing in the engine does by itself.
 * Here: addresses, sizes, checksums, parts that are fetched again.
 * Not here: what the files mean ({@code data.source}).
 */
package dev.lanewise.runtime.fetch;
