/**
 * Sounds: from the bytes of a file to samples.
 * Fewer than 5 files: Java's reader of sounds does most of it.
 * Not here: what is heard of samples ({@code data.sound}).
 */
package dev.lanewise.runtime.data.format.sound;
