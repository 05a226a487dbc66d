/**
 * What a listener may look at and listen to before choosing: the seed images, as pictures and as sound, and the masks.
 *
 * <p>It may use clip, and Spring's web support.
 *
 * <p>It never opens a file that a request names.
 */
@ApplicationModule(allowedDependencies = {"clip"})
@NullMarked
package org.riffloom.preview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
