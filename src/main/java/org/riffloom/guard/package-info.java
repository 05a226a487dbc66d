/**
 * What stands before every request: security headers, allowed origins, bounds.
 *
 * <p>It may use Spring's web support.
 *
 * <p>It never knows what a request is about.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
