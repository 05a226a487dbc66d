/**
 * Live sessions: the plan of an endless riff, pacing, and the WebSocket protocol.
 *
 * <p>It may use prompt, clip and work.
 *
 * <p>It never makes a clip on its own thread of the web server.
 */
@ApplicationModule(allowedDependencies = {"prompt", "clip", "work"})
@NullMarked
package org.riffloom.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
