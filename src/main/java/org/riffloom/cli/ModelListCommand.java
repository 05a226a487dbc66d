package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.riffloom.checkpoint.ModelLocator;
import org.riffloom.checkpoint.PipelineFiles;
import org.riffloom.checkpoint.hub.ByteText;
import org.riffloom.checkpoint.hub.CachedModel;
import org.riffloom.checkpoint.hub.CachedModels;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code model list}: the models that need no download any more. */
@Command(
        name = "list",
        description = "Lists the built-in model, and the models of a hub that have been fetched, "
                + "one a line: name, size, commit.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar model list")
final class ModelListCommand implements Callable<Integer> {

    private static final int SHORT_COMMIT = 12;

    @ArgGroup(validate = false)
    private HubOptions hub = new HubOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-44s %10s  %s%n", ModelLocator.EMBEDDED, "", "built in");
        CachedModels cached = new CachedModels(hub.properties().settings().cache());
        for (CachedModel model : cached.having("model_index.json")) {
            boolean whole = new PipelineFiles(false)
                    .choose(Set.copyOf(cached.files(model)))
                    .missing()
                    .isEmpty();
            out.printf(
                    "%-44s %10s  %s%s%s%n",
                    model.name(),
                    ByteText.of(model.bytes()),
                    model.commit().substring(0, SHORT_COMMIT),
                    model.revisions().isEmpty() ? "" : " (" + String.join(", ", model.revisions()) + ")",
                    whole ? "" : " (lacks files)");
        }
        out.flush();
        return 0;
    }
}
