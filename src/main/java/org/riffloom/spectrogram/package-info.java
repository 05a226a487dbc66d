/**
 * The format: parameters, mel scale, and the way between an image and magnitudes.
 *
 * <p>It may use nothing but the JDK.
 *
 * <p>It never touches samples; that is the audio package's part.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.spectrogram;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
