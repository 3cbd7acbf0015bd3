/**
 * Pictures to pixels: what a file is, which way up it is, on which ground, and how it is brought to a size.
 * Here: whatever a picture has that an array of numbers has not.
 * Not here: arrays and tables ({@code data.format}), folders of pictures and their classes ({@code data.source}).
 */
package dev.lanewise.runtime.data.format.image;
