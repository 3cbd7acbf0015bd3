/**
 * What a user can call: a name, its arguments, a line of help; and the arguments of a call.
 * Not here: what the call does.
 * Fewer than 5 files: it knows nothing of what it describes.
 */
package dev.lanewise.runtime.signature;
