/**
 * Data sets: folders of sound files become folders of clips, or of spectrogram images, to train a model with.
 *
 * <p>It may use spectrogram and audio, and Jackson for what it notes about clips.
 *
 * <p>It never leaves half a file under the name of a whole one, and never changes what it reads.
 */
@ApplicationModule(allowedDependencies = {"spectrogram", "audio"})
@NullMarked
package org.riffloom.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
