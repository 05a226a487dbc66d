package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.hub.HubException;
import org.riffloom.prompt.InvalidRequestException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line. It starts no server. */
@Command(
        name = "riffloom",
        description = "Makes music from words by way of pictures. Without a command, it serves the page.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = RiffloomCommand.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar riff --prompt \"jazz piano\" --out piano.wav",
            "  java -jar riffloom.jar riff --help"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, or some files did; a line on standard error says why", "2:bad usage"})
public final class RiffloomCommand {

    private static final List<Class<?>> COMMANDS = List.of(
            RiffCommand.class,
            ImageToAudioCommand.class,
            AudioToImageCommand.class,
            PrintExifCommand.class,
            SampleClipsCommand.class,
            SampleClipsBatchCommand.class,
            AudioToImagesBatchCommand.class,
            ModelCommand.class,
            BenchCommand.class);

    private RiffloomCommand() {}

    /** Whether arguments ask for a command or for help; settings of the server look like {@code --server.port=80}. */
    public static boolean isMeantBy(String[] args) {
        return args.length > 0 && (!args[0].startsWith("--") || args[0].matches("--(help|version)"));
    }

    /**
     * Runs a command.
     *
     * @param args the command's name and its options
     * @return the exit code: 0 done, 1 failed, 2 bad usage
     */
    public static int execute(String[] args) {
        // Reading all options of all commands takes a third of a second, and one of them will do.
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return line(called.isEmpty() ? COMMANDS : called).execute(args);
    }

    static CommandLine line() {
        return line(COMMANDS);
    }

    private static CommandLine line(List<Class<?>> known) {
        CommandLine commands = new CommandLine(new RiffloomCommand());
        known.forEach(commands::addSubcommand);
        keepOrder(commands);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(message(e));
                    return e instanceof InvalidRequestException
                            ? line.getCommandSpec().exitCodeOnInvalidInput()
                            : line.getCommandSpec().exitCodeOnExecutionException();
                })
                .setParameterExceptionHandler((e, parsedArgs) -> {
                    CommandLine line = e.getCommandLine();
                    line.getErr().println(e.getMessage());
                    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
                    return line.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    /** Help tells of options in the order of the sources, where those stand together that belong together. */
    private static void keepOrder(CommandLine line) {
        line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
        line.getSubcommands().values().forEach(RiffloomCommand::keepOrder);
    }

    /** One line for a person. */
    static String message(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist.";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " must not be opened.";
        }
        String message = e.getMessage();
        boolean foreseen = e instanceof IOException
                || e instanceof IllegalArgumentException
                || e instanceof CheckpointException
                || e instanceof HubException;
        return message != null && foreseen ? message : "Unexpected: " + e;
    }

    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = RiffloomCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Riffloom " + (version == null ? "(development build)" : version)};
        }
    }
}
