package org.riffloom.checkpoint.hub;

/**
 * A file of a model on a hub.
 *
 * @param path within the repository, with slashes
 * @param size in bytes
 * @param checksum of its content
 */
record HubFile(String path, long size, Checksum checksum) {}
