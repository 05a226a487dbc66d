/**
 * Seed images that listeners bring: a picture, or a sound that is made into one.
 *
 * <p>It may use clip, spectrogram, audio, web and, to tell where seed images are found, preview.
 *
 * <p>It never believes what a client says of a file, nor decodes more of one than is needed: what it is, its bytes, and the
 * width and height of a picture are looked at first, and of a sound only the seconds up to the last one wanted are decoded.
 *
 * <pre>
 * SeedUploads → Reception (bytes, bounded, to a file) → SeedMaker → Excerpt (of a sound)
 *      ↓
 * (clip's OwnPictures) ← Sweeper
 * </pre>
 */
@ApplicationModule(allowedDependencies = {"clip", "spectrogram", "audio", "web", "preview"})
@NullMarked
package org.riffloom.own;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
