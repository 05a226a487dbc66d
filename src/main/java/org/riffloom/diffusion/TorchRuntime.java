package org.riffloom.diffusion;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts libtorch, once in the life of the process. DJL takes its settings from system properties at that moment;
 * those that someone has set already are left alone.
 */
public final class TorchRuntime {

    private static final Logger log = LoggerFactory.getLogger(TorchRuntime.class);
    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private static @Nullable CompletableFuture<Engine> engine;

    private TorchRuntime() {}

    /**
     * Chooses where DJL unpacks its native libraries, about 450 MB; its own default is {@code .djl.ai} in the home
     * folder. Has no effect once a pipeline was loaded.
     */
    public static void unpackInto(Path folder) {
        setUnlessSet("DJL_CACHE_DIR", folder.toAbsolutePath().toString());
    }

    /**
     * Begins to start the engine, which takes most of a second, on a thread of its own. Whoever needs the engine waits for
     * it, and is told what went wrong.
     *
     * @param threads as for a pipeline
     */
    public static void begin(int threads) {
        var unused = starting(threads);
    }

    private static synchronized CompletableFuture<Engine> starting(int threads) {
        if (engine == null) {
            engine = Beside.start("libtorch", () -> load(threads));
        }
        return engine;
    }

    /**
     * Starts the engine with a number of threads for each operation.
     *
     * @param threads at least 1, and no more than there are idle cores: libtorch's threads wait for each other by
     *     spinning, so one too many makes every operation several times slower
     */
    static Engine start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("The number of threads is " + threads + "; it must be at least 1.");
        }
        Engine started = Beside.join(starting(threads));
        if (!Integer.toString(threads).equals(System.getProperty(THREADS))) {
            log.warn("libtorch already runs with {} threads; {} were asked for", System.getProperty(THREADS), threads);
        }
        return started;
    }

    private static Engine load(int threads) {
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet(THREADS, Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        // Specialising the graph costs seconds at the first calls of every thread, and buys nothing here.
        setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
        LinuxMemory.askForHugePages();
        return Engine.getEngine("PyTorch");
    }

    /** Threads for each operation of the engine that was started. */
    static int threads() {
        return Integer.getInteger(THREADS, 1);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }
}
