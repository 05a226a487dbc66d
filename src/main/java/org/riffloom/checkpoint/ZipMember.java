package org.riffloom.checkpoint;

/**
 * One file in a zip archive.
 *
 * @param name with the folders it lies in
 * @param offset of its first stored byte, counted from the start of the archive
 * @param storedBytes that it takes in the archive
 * @param bytes that it has when unpacked; the same as {@code storedBytes} unless it is deflated
 * @param deflated whether it is compressed
 */
record ZipMember(String name, long offset, long storedBytes, long bytes, boolean deflated) {}
