package org.riffloom.checkpoint.hub;

import java.util.Map;

/**
 * What a hub says about a model at one revision.
 *
 * @param commit that the revision means now, 40 hexadecimal digits
 * @param files by path
 */
record HubRevision(String commit, Map<String, HubFile> files) {}
