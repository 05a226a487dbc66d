/**
 * JSON that others have written: its fields by type, and what is wrong with them in words.
 *
 * <p>It may use Jackson, and prompt for its exception.
 *
 * <p>It never knows what a message means.
 */
@ApplicationModule(allowedDependencies = {"prompt"})
@NullMarked
package org.riffloom.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
