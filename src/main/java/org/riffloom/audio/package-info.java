/**
 * Sound: short-time Fourier transform, phase reconstruction, stitching, loudness, resampling, files.
 *
 * <p>It may use spectrogram, and is the only place that sees JTransforms and the libraries that
 * code MP3, Opus and Vorbis.
 *
 * <p>It never knows where a spectrogram came from.
 */
@ApplicationModule(allowedDependencies = {"spectrogram"})
@NullMarked
package org.riffloom.audio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
