/**
 * What controllers have in common: how often they may be asked, and how they refuse.
 *
 * <p>It may use Spring's web support.
 *
 * <p>It never knows what a request is about.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
