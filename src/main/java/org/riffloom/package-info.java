/**
 * Riffloom: prompts become spectrogram images, images become sound, and sound becomes an endless stream.
 *
 * <p>Data flows one way:
 *
 * <pre>
 * prompt → work → diffusion → spectrogram → audio → clip → stream
 *                     ↑                                  preview (what there is to start from)
 *                checkpoint                              cli (the same services, from a terminal)
 *                                                        guard (what stands before every request)
 * </pre>
 *
 * Every package says in its own description what it is for, what it may use and what it never does; a test holds the
 * borders.
 */
@NullMarked
package org.riffloom;

import org.jspecify.annotations.NullMarked;
