package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.hub.CachedModel;
import org.riffloom.checkpoint.hub.CachedModels;
import org.riffloom.checkpoint.hub.HubId;
import org.riffloom.checkpoint.hub.Verification;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model verify}: whether what was fetched is still what it was. */
@Command(
        name = "verify",
        description = "Reads every file of a fetched model and compares it with the hash that the hub gave it. "
                + "Asks no hub. 'model fetch' replaces files that are wrong.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar model verify riffusion/riffusion-model-v1")
final class ModelVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Such as riffusion/riffusion-model-v1.")
    private String id = "";

    @Option(names = "--revision", paramLabel = "R", description = "Branch, tag or commit (default: main).")
    private @Nullable String revision;

    @ArgGroup(validate = false)
    private HubOptions hub = new HubOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        HubId model = HubNames.parse(id, revision, spec.commandLine());
        CachedModels cached = new CachedModels(hub.properties().settings().cache());
        CachedModel found = cached.find(model)
                .orElseThrow(() -> new IllegalArgumentException(
                        model + " has not been fetched; 'model fetch " + model + "' does that."));
        PrintWriter out = spec.commandLine().getOut();
        int bad = 0;
        for (String path : cached.files(found)) {
            Verification verified = cached.verify(found, path);
            out.printf("%-8s %s%n", verified.outcome().name().toLowerCase(Locale.ROOT), path);
            out.flush();
            bad += verified.outcome() == Verification.Outcome.RIGHT ? 0 : 1;
        }
        if (bad > 0) {
            throw new IOException(bad + " files of " + model
                    + " are not what they should be, or cannot be told; 'model fetch " + model + "' mends them.");
        }
        return 0;
    }
}
