package org.riffloom.diffusion;

import ai.djl.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;

/**
 * How long a UNet takes to change into a LoRA and out of it again, and what it costs in memory.
 *
 * <p>Arguments: a model folder (its UNet is all that is loaded), a LoRA, the number of times.
 */
final class LoraSwitchBenchmark {

    private LoraSwitchBenchmark() {}

    public static void main(String[] args) throws IOException {
        TorchRuntime.start(1);
        ModelFolder model = ModelFolder.open(Path.of(args[0]));
        Lora lora = Lora.open(Path.of(args[1]), model);
        List<WornLora> worn = List.of(new WornLora(lora, 1));
        long start = System.nanoTime();
        long begun = cpu();
        try (UNet unet = UNet.load(model, new Placement(Device.cpu(), false))) {
            print("loaded", start, begun);
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                start = System.nanoTime();
                begun = cpu();
                unet.wear(worn);
                print("on", start, begun);
                start = System.nanoTime();
                begun = cpu();
                unet.wear(List.of());
                print("off", start, begun);
            }
        }
    }

    /** Of this thread, which is libtorch's only one, in nanoseconds; other work on the machine does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, long start, long begun) throws IOException {
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .findFirst()
                .orElse("");
        System.out.printf(
                "%-8s %6d ms, %6d ms of CPU, %s%n",
                what,
                (System.nanoTime() - start) / 1_000_000,
                (cpu() - begun) / 1_000_000,
                memory.replaceAll("\\s+", " "));
    }
}
