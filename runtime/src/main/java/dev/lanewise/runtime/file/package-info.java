/**
 * Files that are written: safetensors, TensorBoard, JSON.
 * Here: these formats, how a file takes the place of another, who has it to himself, which files are mapped into memory, and how much
 * may be unpacked.
 * Not here: formats of examples, which are only read ({@code data.format}).
 */
package dev.lanewise.runtime.file;
