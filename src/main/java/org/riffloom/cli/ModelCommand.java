package org.riffloom.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code model}: the models that there are. */
@Command(
        name = "model",
        description = "Lists, fetches and checks models.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar model fetch riffusion/riffusion-model-v1",
        subcommands = {ModelListCommand.class, ModelFetchCommand.class, ModelVerifyCommand.class})
final class ModelCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "model needs one of list, fetch and verify.");
    }
}
