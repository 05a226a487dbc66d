/**
 * What a listener asks for: prompts, seeds, settings and the interpolation between two points, as validated records.
 *
 * <p>It may use nothing but the JDK.
 *
 * <p>It never knows how a picture or a sound is made.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.prompt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
