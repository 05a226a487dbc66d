/**
 * Clips that last: what listeners have heard, kept for a while, and what they have shared, kept until they take it back.
 *
 * <p>It may use prompt, clip and audio, a database and a folder.
 *
 * <p>It never lets a listener wait for a disk, nor opens a file that a request names.
 *
 * <p>A clip's sound and picture are on disk before the database knows of the clip, and a clip is in the database before
 * a link leads to it. So whatever moment the power fails at, no link leads to half a clip; files that nobody knows of are
 * swept away.
 *
 * <pre>
 * (stream) → ClipKeeper → ClipArchive ← LinkController, ClipController
 *                             ↑
 *                      JdbcClipArchive → ContentFiles
 * </pre>
 */
@ApplicationModule(allowedDependencies = {"prompt", "clip", "audio", "json"})
@NullMarked
package org.riffloom.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
