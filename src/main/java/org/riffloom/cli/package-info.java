/**
 * The command line, over the same services as the server.
 *
 * <p>It may use every package but those of the server: work, stream, inference, preview, json and guard.
 *
 * <p>It never holds logic that a service should have.
 */
@ApplicationModule(
        allowedDependencies = {
            "prompt",
            "checkpoint",
            "checkpoint :: hub",
            "diffusion",
            "spectrogram",
            "audio",
            "dataset",
            "clip"
        })
@NullMarked
package org.riffloom.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
