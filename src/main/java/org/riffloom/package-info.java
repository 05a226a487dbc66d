/**
 * Riffloom: prompts become spectrogram images, images become sound, and sound becomes an endless stream.
 *
 * <p>Data flows one way:
 *
 * <pre>
 * prompt → work → diffusion → spectrogram → audio → clip → stream
 *                     ↑                                  inference (one clip for one request, as Riffusion's server)
 *                checkpoint                              preview (what there is to start from)
 *                                                        archive (what was heard, and links to it)
 *                                                        own (what listeners bring to start from)
 *                                           dataset (folders of sounds to folders of images, to train with)
 *                                                        cli (the same services, from a terminal)
 *                                                        json (what clients say)
 *                                                        guard (what stands before every request)
 *                                                        web (what controllers have in common)
 * </pre>
 *
 * Every package says in its own description what it is for, what it may use and what it never does; a test holds the
 * borders.
 */
@NullMarked
package org.riffloom;

import org.jspecify.annotations.NullMarked;
