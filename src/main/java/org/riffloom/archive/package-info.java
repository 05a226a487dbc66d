/**
 * Clips that last: what listeners have heard, kept for a while, and what they have shared, kept until they take it back.
 *
 * <p>It may use prompt, clip, audio, spectrogram and web, a database and a folder.
 *
 * <p>It never lets a listener wait for a disk, nor opens a file that a request names.
 *
 * <p>With a clip it keeps what the sound of its stream goes on from, so that a riff can begin where a link ends.
 *
 * <p>What may be asked of links is bounded: how often by a client, how often by all, and how much is worked on at a time.
 *
 * <p>A clip's sound, picture and state are on disk before the database knows of the clip, and a clip is in the database before
 * a link leads to it. So whatever moment the power fails at, no link leads to half a clip; files that nobody knows of are
 * swept away.
 *
 * <pre>
 * (stream) → ClipKeeper → ClipArchive ← LinkController, ClipController → FileDesk → ClipMedia
 *          → LinkMoments  →   ↑
 *                      JdbcClipArchive → ContentFiles
 * </pre>
 */
@ApplicationModule(allowedDependencies = {"prompt", "clip", "audio", "spectrogram", "json", "web"})
@NullMarked
package org.riffloom.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
