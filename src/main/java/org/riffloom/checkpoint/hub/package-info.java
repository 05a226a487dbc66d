/**
 * Models of a Hugging Face hub, in the cache that Python's {@code huggingface_hub} uses too: whatever one of them has
 * fetched, the other finds.
 *
 * <p>It may use the JDK's HTTP client, and Jackson for the hub's answers.
 *
 * <p>It never knows what is in the files, and never sends the token to a host other than the hub's own.
 */
@NamedInterface("hub")
@NullMarked
package org.riffloom.checkpoint.hub;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
