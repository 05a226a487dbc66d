package org.riffloom.cli;

import org.riffloom.clip.ModelProperties;
import picocli.CommandLine.Option;

/** The options of a command that say which model it uses; the server's environment variables count here too. */
final class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "${env:RIFFLOOM_MODEL:-riffloom-mini}",
            description = "riffloom-mini, or a folder in diffusers layout (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "${env:RIFFLOOM_DEVICE:-auto}",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "${env:RIFFLOOM_THREADS:-0}",
            description = "Threads on a CPU, 0 for half the processors (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:RIFFLOOM_DATA:-}",
            description = "Where the model is unpacked to (default: the platform's user data folder).")
    private String data = "";

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            defaultValue = "${env:RIFFLOOM_SCHEDULER:-}",
            description = "ddim, pndm, dpm++, dpm++-karras, euler, euler-ancestral or lcm (default: the model's own).")
    private String scheduler = "";

    ModelProperties properties() {
        return new ModelProperties(data, model, device, threads, scheduler);
    }
}
