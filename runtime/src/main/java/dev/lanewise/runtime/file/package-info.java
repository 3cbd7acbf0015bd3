/**
 * Files that are written: safetensors, TensorBoard, JSON.
 * Here: these formats, and how a file takes the place of another.
 * Not here: formats of examples, which are only read ({@code data.format}).
 */
package dev.lanewise.runtime.file;
