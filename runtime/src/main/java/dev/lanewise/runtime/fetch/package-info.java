/** Fetches files from the web, for whoever asks for it: nothing in the engine does by itself. */
package dev.lanewise.runtime.fetch;
