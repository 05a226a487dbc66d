package org.riffloom.archive;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has the server end with two sentences in place of a trace. */
final class ArchiveInUseAnalyzer extends AbstractFailureAnalyzer<ArchiveInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ArchiveInUseException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "End the other one, or give this one a folder of its own with --riffloom.archive.folder=….",
                cause);
    }
}
