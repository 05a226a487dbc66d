/**
 * The queue between those who ask and those who generate: admission, fair turns, back-pressure.
 *
 * <p>It may use nothing of the other packages.
 *
 * <p>It never knows what the work is.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
