/**
 * Live sessions: the plan of an endless riff, pacing, and the WebSocket protocol.
 *
 * <p>It may use prompt, json, clip, work and, to tell where seed images are found, preview.
 *
 * <p>It never makes a clip, nor waits for one, on a thread of the web server.
 *
 * <pre>
 * RiffSocket → Connections → Connection ⇄ RiffSession → ClipJob → (work)
 *                                ↓            ↓            ↓
 *                             Outbox   RiffPlan, Pacing  RiffClips → (clip)
 *                                          Departure (from a link)
 * </pre>
 *
 * What goes over the wire is written down in {@code frontend/PROTOCOL.md}.
 */
@ApplicationModule(allowedDependencies = {"prompt", "json", "clip", "work", "preview"})
@NullMarked
package org.riffloom.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
